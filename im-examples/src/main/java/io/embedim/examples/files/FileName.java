package io.embedim.examples.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client calls a file. It is shown, and never used to find anything on a disk. */
final class FileName {

    private static final int MOST = 255;
    private static final Pattern EXTENDED = Pattern.compile("(?i);\\s*filename\\*\\s*=\\s*UTF-8''([^;\\s]+)");
    private static final Pattern QUOTED = Pattern.compile("(?i);\\s*filename\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern PLAIN = Pattern.compile("(?i);\\s*filename\\s*=\\s*([^;\"\\s]+)");

    private FileName() {}

    /** From a header {@code Content-Disposition} whose bytes were read as ISO-8859-1; {@code file} where it names none. */
    static String of(Optional<String> disposition) {
        return clean(disposition.flatMap(FileName::named).orElse(""));
    }

    private static Optional<String> named(String disposition) {
        Matcher extended = EXTENDED.matcher(disposition);
        if (extended.find()) {
            return Optional.of(decoded(extended.group(1)));
        }
        Matcher quoted = QUOTED.matcher(disposition);
        if (quoted.find()) {
            // Browsers send UTF-8, with three characters escaped.
            String name = quoted.group(1).replaceAll("\\\\(.)", "$1").replace("%22", "\"");
            return Optional.of(new String(name.getBytes(ISO_8859_1), UTF_8));
        }
        Matcher plain = PLAIN.matcher(disposition);
        return plain.find() ? Optional.of(plain.group(1)) : Optional.empty();
    }

    private static String decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            int high = next == '%' && at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(at + 2), 16);
            if (low >= 0) {
                bytes.write(high * 16 + low);
                at += 2;
            } else {
                bytes.write(next);
            }
        }
        return bytes.toString(UTF_8);
    }

    /** The last part of a path, without what a screen or a disk would take for an order, cut in front of its extension. */
    private static String clean(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String safe = last.codePoints()
                .filter(code -> !isOdd(code))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        if (safe.isEmpty() || safe.matches("\\.+")) {
            return "file";
        }
        if (safe.length() <= MOST) {
            return safe;
        }
        int dot = safe.lastIndexOf('.');
        String end = dot > 0 && safe.length() - dot <= 16 ? safe.substring(dot) : "";
        int cut = MOST - end.length();
        // Not between the halves of a surrogate pair.
        return safe.substring(0, Character.isHighSurrogate(safe.charAt(cut - 1)) ? cut - 1 : cut) + end;
    }

    /** Control characters, what turns the direction of writing (so that "exe" reads as "png"), halves of pairs, and what could not be decoded. */
    private static boolean isOdd(int code) {
        int type = Character.getType(code);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || code == 0xFFFD;
    }
}
