package io.embedim.model;

import org.jspecify.annotations.Nullable;

/**
 * What comes from outside, as a part of one line of a log: ids, paths, reasons, messages of exceptions. Who writes it as it is lets clients write lines of their own.
 *
 * <p>Line breaks, escapes of terminals and characters that nobody sees become {@code \}{@code uXXXX}; what has a space, a quote or an equals sign is put into quotes, so that nobody
 * writes a further {@code name=value}; what is longer than {@value #MAX_LENGTH} characters is cut.
 */
public final class LogText {

    /** How much of a value is written, in {@code char}s. */
    public static final int MAX_LENGTH = 256;

    private static final int MAX_CAUSES = 16;

    private LogText() {}

    /**
     * A value as a part of a line.
     *
     * @param value what is to be written; its {@code toString} is
     * @return the text, on one line and visible
     */
    public static String line(@Nullable Object value) {
        String text = String.valueOf(value);
        return isPlain(text) && !hasSeparator(text) ? text : '"' + clean(text) + '"';
    }

    /**
     * A throwable as something to be logged with its stack. Only where a message in it is not one plain line is it another one, which has the same stack and causes and a message that is.
     *
     * @param failure what was thrown
     * @return the same, or one that looks like it
     */
    public static Throwable trace(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (!isPlain(String.valueOf(cause)) || cause.getSuppressed().length > 0) {
                return new Shown(failure, MAX_CAUSES);
            }
            cause = cause.getCause();
        }
        return failure;
    }

    private static boolean isPlain(String text) {
        return text.length() <= MAX_LENGTH && text.chars().noneMatch(c -> isHidden((char) c));
    }

    private static boolean hasSeparator(String text) {
        return text.isEmpty()
                || text.chars().anyMatch(c -> c == '"' || c == '\\' || c == '=' || Character.isSpaceChar((char) c));
    }

    private static boolean isHidden(char c) {
        if (c >= ' ' && c < 0x7f) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> true;
            default -> false;
        };
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), MAX_LENGTH) + 16);
        for (int i = 0; i < text.length() && i < MAX_LENGTH; i++) {
            char c = text.charAt(i);
            if (isHidden(c)) {
                clean.append(String.format("\\u%04x", (int) c));
            } else if (c == '"' || c == '\\') {
                clean.append('\\').append(c);
            } else {
                clean.append(c);
            }
        }
        return text.length() > MAX_LENGTH ? clean.append('…').toString() : clean.toString();
    }

    /** Stands for a throwable whose message is not fit to be shown. */
    @SuppressWarnings("OverrideThrowableToString") // The class to be shown is the original's.
    private static final class Shown extends Throwable {

        private static final long serialVersionUID = 1L;

        private final String shown;

        Shown(Throwable original, int depth) {
            super(
                    original.getClass().getName() + ": " + clean(String.valueOf(original.getMessage())),
                    original.getCause() == null || depth == 0 ? null : new Shown(original.getCause(), depth - 1),
                    false,
                    true);
            this.shown = String.valueOf(getMessage());
            setStackTrace(original.getStackTrace());
        }

        @Override
        public String toString() {
            return shown;
        }
    }
}
