package io.embedim.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.examples.demo.RunningDemo;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** The demo's page on the client of im.v2: two devices of one user, and one of another, through a network that can be cut. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebClientPageTest {

    private static final String GROUP = "conversation-g:100";

    private ChromeDriver driver;
    private Console console;
    private String first;
    private RunningDemo demo;
    private Cable cable;

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
    void start() {
        demo = RunningDemo.start();
        cable = new Cable(demo.port());
    }

    @AfterEach
    void closeWindowsAndStop() {
        for (String window : Set.copyOf(driver.getWindowHandles())) {
            if (!window.equals(first)) {
                driver.switchTo().window(window).close();
            }
        }
        driver.switchTo().window(first);
        cable.close();
        demo.close();
        console.forget();
    }

    private ChatWindow open(String user, String device) {
        ChatWindow window = ChatWindow.open(driver, cable.url() + "v2/?lang=zh&device=" + device);
        window.click("signin-user-" + user);
        window.waitForStatus("online");
        return window;
    }

    @Test
    void allDevicesShowTheSameAndWhatIsRead() {
        ChatWindow phone = open("10086", "phone");
        ChatWindow laptop = open("10086", "laptop");
        ChatWindow other = open("10000", "other");
        phone.click("conversation-u:10000");
        phone.say("在吗？");
        phone.waitForMessage("在吗？", true);
        laptop.waitForText("preview-u:10000", "在吗？");
        other.waitForText("unread-u:10086", "1");

        other.click("conversation-u:10086");
        other.waitForMessage("在吗？", false);
        other.until("nothing is unread", () -> !other.isShown("unread-u:10086"));
        phone.until("it is shown as read", () -> phone.count("[data-testid=message][data-read='1']") == 1);
        other.say("在的 😀");
        phone.waitForMessage("在的 😀", false);
        laptop.click("conversation-u:10000");
        laptop.waitForMessage("在的 😀", false);
        laptop.waitForMessage("在吗？", true);

        other.type("composer", "我正在");
        phone.waitForText("chat-subtitle", "拉姆才让 正在输入");
        phone.screenshot("v2-typing");
        assertThat(console.errors()).isEmpty();
    }

    @Test
    void editsRecallsAndRepliesReachEverybody() {
        ChatWindow one = open("10086", "one");
        ChatWindow two = open("10000", "two");
        one.click(GROUP);
        two.click(GROUP);
        one.say("明天三点开会");
        one.say("请带上文件");
        two.waitForMessage("请带上文件", false);

        tool(one, "明天三点开会", "edit");
        one.type("composer", "，改到四点");
        one.screenshot("v2-editing");
        one.say("");
        two.waitForMessage("明天三点开会，改到四点", false);
        two.waitForText("edited", "已编辑");
        tool(two, "明天三点开会，改到四点", "reply");
        two.say("好的");
        one.waitForMessage("好的", false);
        one.waitForText("quote", "明天三点开会，改到四点");
        tool(one, "请带上文件", "recall");
        two.waitForText("recalled", "阿克苏 撤回了一条消息");
        one.waitForText("recalled", "您撤回了一条消息");

        assertThat(two.texts("message-text")).doesNotContain("请带上文件");
        one.until("both are members", () -> one.isShown("member-10000"));
        one.screenshot("v2-group");
        two.screenshot("v2-group-other");
        assertThat(console.errors()).isEmpty();
    }

    @Test
    void whatIsSaidWhileTheNetworkIsAwayArrivesOnceAndInOrder() {
        ChatWindow one = open("10086", "one");
        ChatWindow two = open("10000", "two");
        one.click(GROUP);
        two.click(GROUP);
        one.say("before");
        two.waitForMessage("before", false);

        cable.cut();
        one.waitForStatus("reconnecting");
        for (String text : List.of("meanwhile 1", "meanwhile 2", "meanwhile 3")) {
            one.say(text);
        }
        two.say("meanwhile too");
        one.until("they wait", () -> one.own("queued") + one.own("sending") == 3);
        one.screenshot("v2-offline");
        cable.mend();
        one.click("retry");
        one.waitForStatus("online");
        two.waitForStatus("online");

        one.until("all are sent", () -> one.own("sent") == 4);
        one.waitForMessage("meanwhile too", false);
        two.waitForMessage("meanwhile 3", false);
        two.until("all are sent", () -> two.own("sent") == 1);
        assertThat(two.texts("message-text")).hasSize(5).isEqualTo(one.texts("message-text"));
        assertThat(one.texts("message-text"))
                .containsSubsequence("before", "meanwhile 1", "meanwhile 2", "meanwhile 3");
    }

    @Test
    void aPageThatIsOpenedAgainShowsWhatItHadBeforeThereIsAConnection() {
        ChatWindow one = open("10086", "kept");
        one.click(GROUP);
        one.say("kept on this device");
        one.until("it is sent", () -> one.own("sent") == 1);
        String address = one.address();
        one.close();
        ChatWindow two = open("10000", "two");
        two.click(GROUP);
        two.say("said meanwhile");
        two.waitForMessage("said meanwhile", true);

        ChatWindow again = ChatWindow.openWithoutSockets(driver, address);
        again.waitForMessage("kept on this device", true);
        assertThat(again.texts("message-text")).containsExactly("kept on this device");
        again.reloadWithSockets();
        again.waitForMessage("said meanwhile", false);

        assertThat(again.texts("message-text")).containsExactly("kept on this device", "said meanwhile");
        assertThat(console.errors()).isEmpty();
    }

    @Test
    void picturesFilesAndVoicesAreSentAndShown() throws IOException {
        Path picture = work.resolve("猫.png");
        BufferedImage image = new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(0x0b7460));
        pen.fillRect(0, 0, 320, 200);
        pen.setColor(Color.WHITE);
        pen.fillOval(110, 50, 100, 100);
        pen.dispose();
        ImageIO.write(image, "png", picture.toFile());
        Path text = Files.writeString(work.resolve("notes.txt"), "some notes");
        ChatWindow one = open("10086", "one");
        ChatWindow two = open("10000", "two");
        one.click("conversation-u:10000");
        two.click("conversation-u:10086");

        one.type("file", picture.toString());
        two.until(
                "the picture is shown",
                () -> two.script("document.querySelector('[data-testid=picture]')?.naturalWidth ?? 0") == 320);
        one.type("file", text.toString());
        two.waitForText("file-link", "notes.txt");
        one.click("record");
        one.until(
                "it is recorded for a while",
                () -> one.script(
                                "document.getElementById('record').getAttribute('aria-pressed') === 'true' ? (window.began ??= Date.now(), Date.now() - window.began) : 0")
                        > 700);
        one.click("record");
        two.until("the voice is there", () -> two.isShown("voice"));
        two.waitForText("preview-u:10086", "[语音]");
        one.screenshot("v2-files");
        Path other = Files.write(work.resolve("bad.bin"), new byte[] {1, 2, 3});
        one.type("file", other.toString());
        one.waitForText("toast", "不支持这种文件");

        assertThat(console.errors()).allMatch(error -> error.contains("415"));
    }

    @Test
    void fitsAPhoneAndSpeaksEnglish() {
        ChatWindow one = ChatWindow.open(driver, cable.url() + "v2/?lang=en&device=one");
        one.narrow(360, 740);
        one.click("signin-user-10086");
        one.waitForStatus("online");
        ChatWindow two = open("10000", "two");
        two.click("conversation-u:10086");
        two.say("A somewhat longer message, to see how it looks on a narrow screen.");
        one.waitForText("unread-u:10000", "1");
        one.screenshot("v2-phone-list");

        one.click("conversation-u:10000");
        one.say("Got it");
        two.waitForMessage("Got it", false);
        one.screenshot("v2-phone-chat");

        assertThat(one.script("document.documentElement.scrollWidth")).isLessThanOrEqualTo(360);
        one.click("back");
        one.until("the list is shown", () -> one.isShown(GROUP));
        assertThat(console.errors()).isEmpty();
    }

    @Test
    void worksInTheSecureProfile() {
        try (RunningDemo secure = RunningDemo.startSecure()) {
            ChatWindow one = ChatWindow.signedIn(driver, secure.url() + "v2/", "10086");
            ChatWindow two = ChatWindow.signedIn(driver, secure.url() + "v2/", "10000");
            one.click(GROUP);
            two.click(GROUP);
            one.say("大家好");
            two.waitForMessage("大家好", false);
            assertThat(console.errors()).isEmpty();
            one.close();
            two.close();
        }
    }

    /** What stands beside a message while the mouse is over it. */
    private void tool(ChatWindow window, String text, String name) {
        window.until(name + " of '" + text + "'", () -> {
            var message = window.all("message").stream()
                    .filter(each -> each.findElements(By.cssSelector("[data-testid=message-text]")).stream()
                            .anyMatch(part -> part.getText().equals(text)))
                    .findFirst()
                    .orElseThrow(() -> new org.openqa.selenium.NoSuchElementException(text));
            new Actions(driver).moveToElement(message).perform();
            message.findElement(By.cssSelector("[data-testid=tool-" + name + "]"))
                    .click();
            return true;
        });
    }
}
