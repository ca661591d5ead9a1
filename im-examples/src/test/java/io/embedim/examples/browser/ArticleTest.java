package io.embedim.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.examples.demo.RunningDemo;
import io.embedim.testkit.JsonValues;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

/** The snippets of the article, pasted into the consoles of pages as they stand there; so the demo must be where they look for it. */
@Tag("browser")
@ParameterizedClass
@MethodSource("io.embedim.examples.demo.RunningDemo#containers")
class ArticleTest {

    private static final int PORT = 8783;

    private final String container;
    private ChromeDriver driver;
    private Console console;
    private RunningDemo demo;

    /** A page of one's own, opened from the disk: from others, newer browsers do not reach a server of this machine without asking. */
    @TempDir
    Path directory;

    private String page;

    ArticleTest(String container) {
        this.container = container;
    }

    @BeforeEach
    void start() throws IOException {
        page = Files.writeString(directory.resolve("page.html"), "<!doctype html><title>article</title>")
                .toUri()
                .toString();
        driver = Browser.open();
        driver.get(page);
        console = new Console(driver);
        demo = RunningDemo.startIn(container, PORT);
    }

    @AfterEach
    void stop() {
        if (demo != null) {
            demo.close();
        }
        if (driver != null) {
            driver.quit();
        }
    }

    @Test
    void privateChatOfTheArticle() throws Exception {
        String one = driver.getWindowHandle();
        String two = newPage();
        paste(one, "private-join-10086");
        paste(two, "private-join-10000");
        untilLines(2);
        assertThat(console.texts())
                .satisfiesExactlyInAnyOrder(
                        line -> assertMessage(line, "阿克苏", "success", "加入会话"),
                        line -> assertMessage(line, "拉姆才让", "success", "加入会话"));
        console.forget();

        paste(one, "private-speak-10086");
        untilLines(1);
        assertThat(console.texts())
                .satisfiesExactly(line -> assertMessage(line, "拉姆才让", "阿克苏[单聊对]10000[说]:Hi, 我是阿克苏", "Hi, 我是阿克苏"));
        console.forget();

        paste(two, "private-speak-10000");
        untilLines(1);
        assertThat(console.texts())
                .satisfiesExactly(line -> assertMessage(line, "阿克苏", "拉姆才让[单聊对]10086[说]:Hi, 我是拉姆才让", "Hi, 我是拉姆才让"));
        assertThat(console.errors()).isEmpty();
    }

    @Test
    void groupChatOfTheArticle() throws Exception {
        String one = driver.getWindowHandle();
        String two = newPage();
        String three = newPage();
        paste(one, "group-join-10086");
        paste(two, "group-join-10000");
        paste(three, "group-join-2023");
        untilLines(3);
        console.forget();

        paste(one, "group-speak-10086");
        heardByAll("阿克苏[群聊说]:【群组消息】:我是阿克苏", "【群组消息】:我是阿克苏");

        paste(two, "group-speak-10000");
        heardByAll("拉姆才让[群聊说]:【群组消息】:拉姆才让", "【群组消息】:拉姆才让");
        console.forget();

        driver.switchTo().window(three).close();
        driver.switchTo().window(one);
        untilLines(2);
        assertThat(console.texts())
                .satisfiesExactlyInAnyOrder(
                        line -> assertMessage(line, "阿克苏", "close", "leaving group"),
                        line -> assertMessage(line, "拉姆才让", "close", "leaving group"));
        assertThat(console.errors()).isEmpty();
    }

    private void untilLines(int count) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(console.texts()).hasSize(count));
    }

    private void heardByAll(String msg, String content) {
        untilLines(3);
        assertThat(console.texts())
                .satisfiesExactlyInAnyOrder(
                        line -> assertMessage(line, "阿克苏", msg, content),
                        line -> assertMessage(line, "拉姆才让", msg, content),
                        line -> assertMessage(line, "無尘", msg, content));
        console.forget();
    }

    private static void assertMessage(String line, String receiver, String msg, String content) {
        String intro = "【" + receiver + "】接受消息: ";
        assertThat(line).startsWith(intro);
        var frame = JsonValues.read(line.substring(intro.length()));
        assertThat(frame.path("code").asInt()).isZero();
        assertThat(frame.path("msg").asString()).isEqualTo(msg);
        assertThat(frame.path("data").path("content").asString()).isEqualTo(content);
    }

    private String newPage() {
        String handle = driver.switchTo().newWindow(WindowType.WINDOW).getWindowHandle();
        driver.get(page);
        return handle;
    }

    /** As the developer tools do: in the page's global scope. */
    private void paste(String page, String snippet) throws IOException {
        driver.switchTo().window(page);
        Map<String, Object> result =
                driver.executeCdpCommand("Runtime.evaluate", Map.of("expression", snippet(snippet), "replMode", true));
        assertThat(result).as(snippet).doesNotContainKey("exceptionDetails");
    }

    private static String snippet(String name) throws IOException {
        String file = "/io/embedim/examples/article/" + name + ".js.txt";
        try (InputStream in = Objects.requireNonNull(ArticleTest.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
