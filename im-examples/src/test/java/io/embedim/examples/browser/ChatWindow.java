package io.embedim.examples.browser;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

/** One window with the demo's page, seen as its user sees it. */
final class ChatWindow {

    private static final Path SCREENSHOTS = Path.of(System.getProperty("im.screenshots", "target/screenshots"));

    private final ChromeDriver driver;
    private final String handle;
    private String script = "";

    private ChatWindow(ChromeDriver driver, String handle) {
        this.driver = driver;
        this.handle = handle;
    }

    static ChatWindow open(ChromeDriver driver, String url) {
        String handle = driver.switchTo().newWindow(WindowType.WINDOW).getWindowHandle();
        driver.manage().window().setSize(new Dimension(1280, 800));
        driver.get(url);
        return new ChatWindow(driver, handle);
    }

    /** As {@link #open}, but no WebSocket of the page ever opens. */
    static ChatWindow openWithoutSockets(ChromeDriver driver, String url) {
        ChatWindow window = open(driver, "about:blank");
        driver.executeCdpCommand("Page.enable", java.util.Map.of());
        window.script = String.valueOf(driver.executeCdpCommand(
                        "Page.addScriptToEvaluateOnNewDocument",
                        java.util.Map.of("source", "window.WebSocket = class { close() {} send() {} };"))
                .get("identifier"));
        driver.get(url);
        return window;
    }

    void reloadWithSockets() {
        focused();
        driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", java.util.Map.of("identifier", script));
        driver.navigate().refresh();
    }

    /** Signs in as one of the users that the page offers, in Chinese. */
    static ChatWindow signedIn(ChromeDriver driver, String url, String user) {
        ChatWindow window = open(driver, url + "?lang=zh");
        window.click("signin-user-" + user);
        window.waitForStatus("online");
        return window;
    }

    void click(String testId) {
        until(testId + " is clicked", () -> {
            find(testId).click();
            return true;
        });
    }

    void type(String testId, String text) {
        focused();
        find(testId).sendKeys(text);
    }

    void say(String text) {
        type("composer", text);
        type("composer", Keys.ENTER.toString());
    }

    /** Says numbered texts, some at once, again every 100 ms; the page starts at a moment and this method does not wait for it. */
    void sayManyAt(Instant moment, String text, int rounds, int atOnce) {
        focused();
        driver.executeScript("""
                const [moment, text, rounds, atOnce] = arguments;
                const composer = document.querySelector('[data-testid=composer]');
                for (let round = 0; round < rounds; round++) {
                  setTimeout(() => {
                    for (let i = 0; i < atOnce; i++) {
                      composer.value = text + (round * atOnce + i);
                      composer.form.requestSubmit();
                    }
                  }, moment + 100 * round - Date.now());
                }
                """, moment.toEpochMilli(), text, rounds, atOnce);
    }

    /** How many messages of this user are in a state. */
    int own(String state) {
        focused();
        return driver.findElements(By.cssSelector("[data-testid=message][data-own='true'][data-state='" + state + "']"))
                .size();
    }

    void waitForStatus(String state) {
        until("status " + state, () -> state.equals(find("status").getAttribute("data-state")));
    }

    /** Waits for a message of others or, as {@code own}, of this user. */
    void waitForMessage(String text, boolean own) {
        until("message '" + text + "'", () -> {
            focused();
            return driver
                    .findElements(
                            By.cssSelector("[data-testid=message][data-own='" + own + "'] [data-testid=message-text]"))
                    .stream()
                    .anyMatch(element -> element.getText().equals(text));
        });
    }

    void waitForText(String testId, String text) {
        until(testId + " says '" + text + "'", () -> find(testId).getText().contains(text));
    }

    void until(String what, Callable<Boolean> condition) {
        await(what)
                .atMost(Duration.ofSeconds(30))
                // The last of several that ignore one class each would be the only one.
                .ignoreExceptionsMatching(failure -> failure instanceof StaleElementReferenceException
                        || failure instanceof NoSuchElementException
                        || failure instanceof ElementNotInteractableException)
                .until(condition);
    }

    List<String> texts(String testId) {
        focused();
        // In one step: while elements are asked one by one, the page may draw itself anew.
        Object shown = driver.executeScript(
                "return Array.from(document.querySelectorAll(arguments[0]), one => one.innerText.trim())",
                "[data-testid='" + testId + "']");
        return shown instanceof List<?> texts
                ? texts.stream().map(String::valueOf).toList()
                : List.of();
    }

    List<WebElement> all(String testId) {
        focused();
        return driver.findElements(by(testId));
    }

    int count(String selector) {
        focused();
        return driver.findElements(By.cssSelector(selector)).size();
    }

    String address() {
        focused();
        return String.valueOf(driver.getCurrentUrl());
    }

    WebElement find(String testId) {
        focused();
        return driver.findElement(by(testId));
    }

    boolean isShown(String testId) {
        focused();
        return driver.findElements(by(testId)).stream().anyMatch(WebElement::isDisplayed);
    }

    /** As on a phone: narrow, and with its own idea of pixels. */
    void narrow(int width, int height) {
        focused();
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                java.util.Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", true));
    }

    long script(String expression) {
        focused();
        return ((Number) java.util.Objects.requireNonNull(driver.executeScript("return " + expression))).longValue();
    }

    void screenshot(String name) {
        focused();
        byte[] png = driver.getScreenshotAs(org.openqa.selenium.OutputType.BYTES);
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), png);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    void close() {
        focused();
        driver.close();
    }

    private void focused() {
        driver.switchTo().window(handle);
    }

    private static By by(String testId) {
        return By.cssSelector("[data-testid='" + testId + "']");
    }
}
