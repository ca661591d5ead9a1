package io.embedim.examples.browser;

import io.embedim.testkit.JsonValues;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** What pages have written to the console of a browser, all windows together. */
final class Console {

    private final WebDriver driver;
    private final List<LogEntry> entries = new ArrayList<>();

    Console(WebDriver driver) {
        this.driver = driver;
    }

    /** The texts that were handed to {@code console.log}, so far. */
    List<String> texts() {
        return read().stream()
                .filter(entry -> entry.getLevel().equals(Level.INFO))
                .map(entry -> text(entry.getMessage()))
                .toList();
    }

    /** Errors, so far: of scripts, and of what could not be loaded. */
    List<String> errors() {
        return read().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    void forget() {
        read();
        entries.clear();
    }

    private List<LogEntry> read() {
        driver.manage().logs().get(LogType.BROWSER).forEach(entries::add);
        return List.copyOf(entries);
    }

    /** ChromeDriver writes where it was logged, and then the text as a JSON string. */
    private static String text(String message) {
        int quote = message.indexOf('"');
        return quote < 0 ? message : JsonValues.read(message.substring(quote)).asString();
    }
}
