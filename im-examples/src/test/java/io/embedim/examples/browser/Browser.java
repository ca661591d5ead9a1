package io.embedim.examples.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium for one test. Where none is installed the test is skipped, with that as its reason; with the
 * environment variable {@code IM_REQUIRE=browser} it fails instead.
 */
final class Browser {

    private static final List<String> CHROMIUM = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private Browser() {}

    static ChromeDriver open() {
        Path chromium = require("Chromium", CHROMIUM);
        Path driver = require("ChromeDriver", List.of("chromedriver"));
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        // The flags without "headless" keep Chromium from calling home: tests run in closed networks too.
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,800",
                // A microphone that beeps, and a user who always says yes.
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                "--lang=zh-CN");
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, console);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.toFile())
                .usingAnyFreePort()
                .build();
        return new ChromeDriver(service, options);
    }

    private static Path require(String what, List<String> names) {
        Optional<Path> found = onPath(names);
        if (found.isEmpty()) {
            String reason = "no " + what + " on the PATH (looked for " + String.join(", ", names) + ")";
            if (required()) {
                throw new AssertionError(reason + ", but IM_REQUIRE demands a browser");
            }
            Assumptions.abort(reason);
        }
        return found.orElseThrow();
    }

    private static boolean required() {
        String value = System.getenv().getOrDefault("IM_REQUIRE", "");
        return Set.of(value.split("[,\\s]+", -1)).contains("browser");
    }

    private static Optional<Path> onPath(List<String> names) {
        List<Path> directories = System.getenv().getOrDefault("PATH", "").transform(Browser::directories);
        return names.stream()
                .flatMap(name -> directories.stream().map(directory -> directory.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static List<Path> directories(String path) {
        return List.of(path.split(java.io.File.pathSeparator, -1)).stream()
                .filter(directory -> !directory.isEmpty())
                .map(Path::of)
                .toList();
    }
}
