package io.embedim.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.examples.RedisProcess;
import io.embedim.examples.demo.DemoProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.chrome.ChromeDriver;

/** Two demos on one Redis, each with an address from which its clients get to the other one when it is gone; and people on both. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesPageTest {

    private ChromeDriver driver;
    private Console console;
    private String first;
    private RedisProcess redis;
    private DemoProcess one;
    private DemoProcess two;
    private Cable toOne;
    private Cable toTwo;

    @TempDir
    private Path work;

    @BeforeAll
    void openBrowser() {
        driver = Browser.open();
        first = driver.getWindowHandle();
        console = new Console(driver);
    }

    @AfterAll
    void quitBrowser() {
        if (driver != null) {
            driver.quit();
        }
    }

    @BeforeEach
    void start() throws Exception {
        redis = RedisProcess.start(work);
        one = DemoProcess.ofClassPath(work, "--port", "0", "--redis", redis.uri());
        two = DemoProcess.ofClassPath(work, "--port", "0", "--redis", redis.uri());
        int portOfOne = URI.create(one.url()).getPort();
        int portOfTwo = URI.create(two.url()).getPort();
        toOne = new Cable(portOfOne, portOfTwo);
        toTwo = new Cable(portOfTwo, portOfOne);
    }

    @AfterEach
    void closeWindowsAndStop() {
        for (String window : Set.copyOf(driver.getWindowHandles())) {
            if (!window.equals(first)) {
                driver.switchTo().window(window).close();
            }
        }
        driver.switchTo().window(first);
        toOne.close();
        toTwo.close();
        one.close();
        two.close();
        redis.close();
        console.forget();
    }

    private ChatWindow v2(Cable cable, String user, String device) {
        ChatWindow window = ChatWindow.open(driver, cable.url() + "v2/?lang=zh&device=" + device);
        window.click("signin-user-" + user);
        window.waitForStatus("online");
        return window;
    }

    private static List<String> numbered(String text, int from, int to) {
        return Stream.iterate(from, i -> i < to, i -> i + 1).map(i -> text + i).toList();
    }

    @Test
    void classicPagesGoOnWhenOneNodeIsKilled() throws Exception {
        ChatWindow here = ChatWindow.signedIn(driver, toOne.url(), "10086");
        ChatWindow there = ChatWindow.signedIn(driver, toTwo.url(), "10000");
        here.click("conversation-private-10000");
        there.click("conversation-private-10086");
        here.say("你在哪个节点？");
        there.waitForMessage("你在哪个节点？", false);
        there.say("在另一个节点");
        here.waitForMessage("在另一个节点", false);
        here.screenshot("nodes-classic-before");

        one.kill();
        here.waitForStatus("reconnecting");
        here.screenshot("nodes-classic-killed");
        here.waitForStatus("online");
        here.say("我的节点没有了");
        there.waitForMessage("我的节点没有了", false);
        there.say("我们都在这里");
        here.waitForMessage("我们都在这里", false);
        here.screenshot("nodes-classic-after");

        List<String> all = List.of("你在哪个节点？", "在另一个节点", "我的节点没有了", "我们都在这里");
        assertThat(here.texts("message-text")).isEqualTo(all);
        assertThat(there.texts("message-text")).isEqualTo(all);
    }

    @Test
    void v2PagesLoseNothingAndShowNothingTwiceWhenOneNodeIsKilled() throws Exception {
        ChatWindow here = v2(toOne, "10086", "here");
        ChatWindow there = v2(toTwo, "10000", "there");
        ChatWindow phone = v2(toTwo, "10086", "phone");
        here.click("conversation-u:10000");
        there.click("conversation-u:10086");
        phone.click("conversation-u:10000");
        numbered("before ", 0, 3).forEach(here::say);
        numbered("before ", 3, 6).forEach(text -> {
            there.say(text);
            there.until("it is sent", () -> there.own("sending") + there.own("queued") == 0);
        });
        here.waitForMessage("before 5", false);
        there.waitForMessage("before 2", false);
        here.screenshot("nodes-v2-before");

        // While it dies, what the page says may have been taken, or not: it does not know, and says it again.
        numbered("meanwhile ", 0, 3).forEach(here::say);
        one.kill();
        numbered("meanwhile ", 3, 6).forEach(here::say);
        there.say("while you were away");
        here.screenshot("nodes-v2-killed");
        here.until("all are sent", () -> here.own("sent") == 9);
        here.waitForStatus("online");
        here.waitForMessage("while you were away", false);
        there.say("and on");
        here.waitForMessage("and on", false);
        here.say("and on as well");
        there.waitForMessage("and on as well", false);
        phone.waitForMessage("and on as well", true);
        here.screenshot("nodes-v2-after");
        there.screenshot("nodes-v2-after-other");

        List<String> shown = there.texts("message-text");
        assertThat(shown).hasSize(15).doesNotHaveDuplicates();
        assertThat(shown).containsSubsequence(numbered("meanwhile ", 0, 6)).endsWith("and on", "and on as well");
        assertThat(here.texts("message-text")).isEqualTo(shown);
        assertThat(phone.texts("message-text")).isEqualTo(shown);
        there.until("all is read", () -> here.count("[data-testid=message][data-own='true'][data-read='1']") == 10);
    }

    @Test
    void pagesOfBothDialectsShareAGroupAcrossNodes() {
        ChatWindow classic = ChatWindow.signedIn(driver, toOne.url(), "10086");
        ChatWindow v2 = v2(toTwo, "10000", "v2");
        classic.click("conversation-group-100");
        v2.click("conversation-g:100");

        classic.say("from the classic page");
        v2.waitForMessage("from the classic page", false);
        v2.say("from the other page");
        classic.waitForMessage("from the other page", false);
        v2.screenshot("nodes-both-dialects");

        assertThat(console.errors()).isEmpty();
    }
}
