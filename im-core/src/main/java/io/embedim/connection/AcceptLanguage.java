package io.embedim.connection;

import java.util.List;
import java.util.Locale;

/** Chooses between the two languages that the protocol speaks (RFC 9110 section 12.5.4). */
final class AcceptLanguage {

    private static final int MAX_LENGTH = 512;

    private AcceptLanguage() {}

    static Locale preferred(String header) {
        if (header.length() > MAX_LENGTH) {
            return Locale.CHINESE;
        }
        try {
            List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(header.trim());
            for (Locale.LanguageRange range : ranges) {
                String language = primary(range.getRange());
                if (range.getWeight() > 0 && language.equals("zh")) {
                    return Locale.CHINESE;
                }
                if (range.getWeight() > 0 && language.equals("en")) {
                    return Locale.ENGLISH;
                }
            }
        } catch (IllegalArgumentException malformed) {
            // A header that cannot be read says nothing.
        }
        return Locale.CHINESE;
    }

    private static String primary(String range) {
        int dash = range.indexOf('-');
        return dash < 0 ? range : range.substring(0, dash);
    }
}
