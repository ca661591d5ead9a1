package io.embedim.protocol;

import java.util.function.Predicate;

/**
 * The rules of a frame that an application may replace. Immutable; the predicate must be safe for use by any thread.
 *
 * @param maxContent how many Unicode code points {@code content} may have; 128 in the article
 * @param groupIdForm which texts may be a {@code group_id}; by default strings of the digits 0 to 9. It never sees an empty text or one above 64 code points
 * @param avatarRequired whether {@code from_avatar} must be there; the article's validator demands it, its examples never send it
 * @param maxText how many Unicode code points {@code content} may have in the dialect {@code im.v2}
 */
public record ValidationRules(int maxContent, Predicate<String> groupIdForm, boolean avatarRequired, int maxText) {

    private static final ValidationRules DEFAULTS = new ValidationRules(128, ValidationRules::isDigits, false, 4_000);

    /**
     * Checks the lengths.
     *
     * @throws IllegalArgumentException if {@code maxContent} or {@code maxText} is not positive
     */
    public ValidationRules {
        if (maxContent <= 0) {
            throw new IllegalArgumentException("maxContent is " + maxContent + "; expected more than 0");
        }
        if (maxText <= 0) {
            throw new IllegalArgumentException("maxText is " + maxText + "; expected more than 0");
        }
    }

    /**
     * The article's rules: 128 code points, digits, no avatar demanded; and 4,000 code points in {@code im.v2}.
     *
     * @return the defaults
     */
    public static ValidationRules defaults() {
        return DEFAULTS;
    }

    /**
     * These rules with another length of content.
     *
     * @param codePoints how many Unicode code points {@code content} may have
     * @return a copy
     */
    public ValidationRules withMaxContent(int codePoints) {
        return new ValidationRules(codePoints, groupIdForm, avatarRequired, maxText);
    }

    /**
     * These rules with another form of group ids, such as {@code id -> true} for any non-empty text.
     *
     * @param form which texts may be a {@code group_id}
     * @return a copy
     */
    public ValidationRules withGroupIdForm(Predicate<String> form) {
        return new ValidationRules(maxContent, form, avatarRequired, maxText);
    }

    /**
     * These rules with {@code from_avatar} demanded or not.
     *
     * @param required whether it must be there
     * @return a copy
     */
    public ValidationRules withAvatarRequired(boolean required) {
        return new ValidationRules(maxContent, groupIdForm, required, maxText);
    }

    /**
     * These rules with another length of content in the dialect {@code im.v2}.
     *
     * @param codePoints how many Unicode code points {@code content} may have
     * @return a copy
     */
    public ValidationRules withMaxText(int codePoints) {
        return new ValidationRules(maxContent, groupIdForm, avatarRequired, codePoints);
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }
}
