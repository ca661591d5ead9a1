package io.embedim.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.examples.demo.RunningDemo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.chrome.ChromeDriver;

/** The demo's page in each of its containers. */
@Tag("browser")
class ContainerPageTest {

    @ParameterizedTest
    @MethodSource("io.embedim.examples.demo.RunningDemo#containers")
    void twoUsersTalkAndSeeWhoIsThere(String container) {
        ChromeDriver driver = Browser.open();
        try (RunningDemo demo = RunningDemo.startIn(container, 0)) {
            Console console = new Console(driver);
            ChatWindow one = ChatWindow.signedIn(driver, demo.url(), "10086");
            ChatWindow two = ChatWindow.signedIn(driver, demo.url(), "10000");

            one.click("conversation-private-10000");
            two.click("conversation-private-10086");
            one.say("你好, " + container);
            two.waitForMessage("你好, " + container, false);
            one.click("conversation-group-100");
            two.click("conversation-group-100");
            two.say("大家好 😀");
            one.waitForMessage("大家好 😀", false);
            one.waitForText("member-10000", "拉姆才让");
            one.say("Hi " + container);
            one.waitForMessage("Hi " + container, true);
            one.screenshot("container-" + container);

            two.close();
            one.waitForText("system-message", "拉姆才让 离开了群聊");
            assertThat(console.errors()).isEmpty();
        } finally {
            driver.quit();
        }
    }
}
