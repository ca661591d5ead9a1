package io.embedim.protocol;

import io.embedim.model.ImException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * All {@link ProtocolText}s in one language, with their limits filled in. Immutable and safe for use by any thread.
 *
 * <p>Only answers with a code other than 0 are localised; relayed frames always carry the article's text, so that one frame serves all recipients.
 */
public final class Texts {

    private final Map<ProtocolText, String> texts;

    private Texts(Map<ProtocolText, String> texts) {
        this.texts = texts;
    }

    /**
     * Reads the texts of a language.
     *
     * @param language {@link Locale#CHINESE} or {@link Locale#ENGLISH}
     * @param limits what stands for {@code {0}} in a text that takes a limit
     * @return the texts
     * @throws ImException if the library's own resource is missing or incomplete
     */
    public static Texts load(Locale language, Map<ProtocolText, Integer> limits) {
        String resource = "texts_" + language.getLanguage() + ".properties";
        Properties properties = new Properties();
        try (@Nullable InputStream stream = Texts.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new ImException("no texts for language '" + language.getLanguage() + "'; expected zh or en");
            }
            try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
        Map<ProtocolText, String> texts = new EnumMap<>(ProtocolText.class);
        for (ProtocolText key : ProtocolText.values()) {
            String text = properties.getProperty(key.key());
            if (text == null) {
                throw new ImException(resource + " has no text for '" + key.key() + "'");
            }
            Integer limit = limits.get(key);
            texts.put(key, limit == null ? text : text.replace("{0}", limit.toString()));
        }
        return new Texts(texts);
    }

    /**
     * The text for a key.
     *
     * @param key which
     * @return the text
     */
    public String get(ProtocolText key) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalStateException("no text for " + key);
        }
        return text;
    }
}
