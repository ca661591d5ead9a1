package io.embedim.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.examples.Frames;
import io.embedim.examples.WsClient;
import io.embedim.examples.demo.RunningDemo;
import io.embedim.testkit.JsonValues;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.chrome.ChromeDriver;

/** The demo's page, used by people in several windows. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatPageTest {

    private static final String GROUP = "conversation-group-100";
    private static final int ROUNDS = 5;
    private static final int AT_ONCE = 4;

    private ChromeDriver driver;
    private Console console;
    private String first;
    private RunningDemo demo;

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
    void start() {
        demo = RunningDemo.start();
    }

    @AfterEach
    void closeWindowsAndStop() {
        for (String window : Set.copyOf(driver.getWindowHandles())) {
            if (!window.equals(first)) {
                driver.switchTo().window(window).close();
            }
        }
        driver.switchTo().window(first);
        demo.close();
        console.forget();
    }

    @Test
    void twoUsersTalkInPrivate() {
        ChatWindow one = ChatWindow.signedIn(driver, demo.url(), "10086");
        ChatWindow two = ChatWindow.signedIn(driver, demo.url(), "10000");

        one.click("conversation-private-10000");
        one.say("Hi, 我是阿克苏");
        one.waitForMessage("Hi, 我是阿克苏", true);
        two.waitForText("unread-private-10086", "1");
        two.click("conversation-private-10086");
        two.waitForMessage("Hi, 我是阿克苏", false);
        two.say("Hi, 我是拉姆才让 😀");
        one.waitForMessage("Hi, 我是拉姆才让 😀", false);

        one.screenshot("private");
        assertThat(console.errors()).isEmpty();
    }

    @Test
    void threeUsersTalkInAGroupAndSeeWhoIsThere() {
        List<ChatWindow> windows = List.of("10086", "10000", "2023").stream()
                .map(user -> ChatWindow.signedIn(driver, demo.url(), user))
                .toList();
        windows.forEach(window -> window.click(GROUP));

        windows.get(0).say("大家好");
        windows.get(0).waitForMessage("大家好", true);
        windows.get(1).waitForMessage("大家好", false);
        windows.get(2).waitForMessage("大家好", false);
        windows.get(2).say("你好，阿克苏");
        windows.get(0).waitForMessage("你好，阿克苏", false);
        for (String member : List.of("member-10086", "member-10000", "member-2023")) {
            windows.get(0).until(member + " is there", () -> windows.get(0).isShown(member));
        }
        windows.get(0).waitForText("member-2023", "無尘");
        windows.get(0).screenshot("group");

        windows.get(2).close();

        windows.get(0).waitForText("system-message", "無尘 离开了群聊");
        windows.get(1).waitForText("system-message", "無尘 离开了群聊");
        windows.get(0)
                .until(
                        "the member is shown as gone",
                        () -> "false".equals(windows.get(0).find("member-2023").getAttribute("data-present")));
        windows.get(0).screenshot("group-left");
        assertThat(console.errors()).isEmpty();
    }

    /** A page shows an own message at once, before the server has given it a place; the witness never speaks, so it sees that place and nothing else. */
    @Test
    void allPagesShowAGroupInTheServersOrder() {
        List<String> users = List.of("10086", "10000", "2023");
        List<ChatWindow> windows = users.stream()
                .map(user -> ChatWindow.signedIn(driver, demo.url(), user))
                .toList();
        windows.forEach(window -> window.click(GROUP));
        windows.forEach(window -> window.waitForText("chat-subtitle", "3 人"));
        try (WsClient witness = WsClient.open(demo.url() + "im")) {
            witness.ask(Frames.joinGroup("100", "90001", "witness"));

            // At one moment, so that each page has own messages open while those of the others come.
            Instant moment = Instant.now().plusSeconds(2);
            for (int page = 0; page < windows.size(); page++) {
                windows.get(page).sayManyAt(moment, users.get(page) + " says ", ROUNDS, AT_ONCE);
            }
            List<String> order = Stream.generate(witness::next)
                    .limit((long) users.size() * ROUNDS * AT_ONCE)
                    .map(ChatPageTest::content)
                    .toList();

            for (ChatWindow window : windows) {
                window.until(
                        "all messages are shown",
                        () -> window.texts("message-text").size() == order.size());
                window.until("all messages are confirmed", () -> window.own("sent") == ROUNDS * AT_ONCE);
                assertThat(window.texts("message-text")).isEqualTo(order);
            }
            // Neighbours of different senders: else any order would have been the server's.
            assertThat(IntStream.range(1, order.size())
                            .filter(i -> !sender(order.get(i)).equals(sender(order.get(i - 1)))))
                    .hasSizeGreaterThan(users.size());
        }
        windows.get(0).screenshot("group-order");
        assertThat(console.errors()).isEmpty();
    }

    private static String sender(String content) {
        return content.substring(0, content.indexOf(' '));
    }

    private static String content(String frame) {
        return JsonValues.read(frame).path("data").path("content").asString();
    }

    @Test
    void contentThatIsTooLongIsNotSent() {
        ChatWindow one = ChatWindow.signedIn(driver, demo.url(), "10086");
        one.click(GROUP);
        one.waitForText("chat-subtitle", "1");

        one.type("composer", "长".repeat(129));
        one.waitForText("counter", "超出 1 个字符");
        assertThat(one.find("send").isEnabled()).isFalse();
        one.screenshot("too-long");
        one.type("composer", "\uE003\uE007"); // one back, and Enter

        one.waitForMessage("长".repeat(128), true);
        assertThat(one.isShown("toast")).isFalse();
        assertThat(console.errors()).isEmpty();
    }

    @Test
    void comesBackAfterTheServerWasAwayAndMessagesFlowAgain() {
        ChatWindow one = ChatWindow.signedIn(driver, demo.url(), "10086");
        ChatWindow two = ChatWindow.signedIn(driver, demo.url(), "10000");
        one.click(GROUP);
        two.click(GROUP);
        one.say("before");
        two.waitForMessage("before", false);
        int port = demo.port();

        demo.close();
        one.waitForStatus("reconnecting");
        one.until("the banner is shown", () -> one.isShown("banner"));
        one.say("meanwhile");
        one.screenshot("reconnecting");
        demo = RunningDemo.startAt(port);

        one.waitForStatus("online");
        two.waitForStatus("online");
        one.waitForMessage("meanwhile", true);
        two.say("after");
        one.waitForMessage("after", false);
        one.say("after too");
        two.waitForMessage("after too", false);
        assertThat(console.errors())
                .as("errors that are not about the server that was away")
                .allMatch(
                        error -> error.contains("WebSocket connection to") || error.contains("ERR_CONNECTION_REFUSED"));
    }

    @Test
    void comesBackWhenTheServerThatGoesAwayAskedItTo() {
        ChatWindow one = ChatWindow.open(driver, demo.url() + "?lang=zh");
        driver.executeScript("""
                window.sockets = [];
                window.WebSocket = class extends WebSocket {
                  constructor(...all) {
                    super(...all);
                    const mine = { made: Date.now(), closed: 0, reason: '' };
                    sockets.push(mine);
                    this.addEventListener('close', event => Object.assign(mine, { closed: Date.now(), reason: event.reason }));
                  }
                };
                """);
        one.click("signin-user-10086");
        one.waitForStatus("online");
        int port = demo.port();

        demo.drain();
        one.waitForStatus("reconnecting");
        demo.close();
        demo = RunningDemo.startAt(port);
        one.waitForStatus("online");

        String reason = String.valueOf(driver.executeScript("return sockets[0].reason"));
        assertThat(reason).matches("server going away; retry_after=[12]");
        long asked = 1000L * Integer.parseInt(reason.substring(reason.length() - 1));
        assertThat((Long) driver.executeScript("return sockets[1].made - sockets[0].closed"))
                .as("how many ms it stayed away")
                .isBetween(asked, asked + 3_000);
    }

    @Test
    void speaksChineseAndEnglish() {
        ChatWindow one = ChatWindow.signedIn(driver, demo.url(), "10086");
        one.click(GROUP);
        one.waitForText("status", "已连接");

        one.click("lang-switch");
        one.waitForText("status", "Connected");
        assertThat(one.find("composer").getAttribute("placeholder")).startsWith("Message ");
        one.screenshot("english");
        one.click("lang-switch");

        one.waitForText("status", "已连接");
        assertThat(console.errors()).isEmpty();
    }

    @Test
    void fitsAPhone() {
        ChatWindow one = ChatWindow.open(driver, demo.url() + "?lang=zh");
        one.narrow(360, 740);
        one.screenshot("phone-sign-in");
        one.click("signin-user-10086");
        one.waitForStatus("online");
        one.screenshot("phone-list");
        ChatWindow two = ChatWindow.signedIn(driver, demo.url(), "10000");
        two.click(GROUP);

        one.click(GROUP);
        one.say("从手机发来的消息");
        two.waitForMessage("从手机发来的消息", false);
        two.say("收到！这是一条比较长的回复，用来看看它在窄屏幕上怎样换行。");
        one.waitForMessage("收到！这是一条比较长的回复，用来看看它在窄屏幕上怎样换行。", false);
        one.screenshot("phone-chat");

        assertThat(one.script("document.documentElement.scrollWidth")).isLessThanOrEqualTo(360);
        assertThat(one.find("send").getRect().getX()
                        + one.find("send").getRect().getWidth())
                .isLessThanOrEqualTo(360);
        one.click("members-toggle");
        one.until("the members are shown", () -> one.isShown("member-10000"));
        one.screenshot("phone-members");
        one.click("members-close");
        one.click("back");
        one.until("the list is shown", () -> one.isShown(GROUP));
        assertThat(console.errors()).isEmpty();
    }

    @Test
    void worksInTheSecureProfile() {
        try (RunningDemo secure = RunningDemo.startSecure()) {
            ChatWindow one = ChatWindow.signedIn(driver, secure.url(), "10086");
            ChatWindow two = ChatWindow.signedIn(driver, secure.url(), "10000");
            one.click("conversation-private-10000");
            two.click("conversation-private-10086");
            one.say("我是我");
            two.waitForMessage("我是我", false);
            one.click(GROUP);
            two.click(GROUP);
            two.say("群里也是");
            one.waitForMessage("群里也是", false);
            one.until("the other member is there", () -> one.isShown("member-10000"));
            one.waitForText("member-10000", "拉姆才让");

            assertThat(one.texts("toast")).isEmpty();
            assertThat(console.errors()).isEmpty();
            // Before its server goes away, which they would complain about.
            one.close();
            two.close();
        }
    }
}
