package io.embedim.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebDriver;

@Tag("browser")
class BrowserTest {

    @Test
    void showsAPageWithChineseText() {
        WebDriver browser = Browser.open();
        try {
            browser.get("data:text/html;charset=utf-8,<title>你好</title>");

            assertThat(browser.getTitle()).isEqualTo("你好");
        } finally {
            browser.quit();
        }
    }
}
