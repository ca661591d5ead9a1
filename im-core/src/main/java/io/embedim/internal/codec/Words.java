package io.embedim.internal.codec;

import java.nio.charset.StandardCharsets;

/**
 * The article's words between a message's names and its content.
 *
 * <p>Their letters need two bytes each in a Java string, and so would every other letter of the frame. Containers turn such a string into UTF-8 letter by letter, anew for each
 * recipient, which was more than half of the cost of a message to a large group; a string of Latin-1 most of them just copy. So the words are JSON escapes, which say the same, where
 * nothing else needs two bytes.
 */
enum Words {
    AS_THEY_ARE("[单聊对]", "[说]:", "[群聊说]:"),
    ESCAPED("[\\u5355\\u804a\\u5bf9]", "[\\u8bf4]:", "[\\u7fa4\\u804a\\u8bf4]:");

    private static final int LAST_LATIN = 0xFF;

    final String to;
    final String says;
    final String saysToAll;

    Words(String to, String says, String saysToAll) {
        this.to = to;
        this.says = says;
        this.saysToAll = saysToAll;
    }

    /** For a frame with these texts. The content comes first: it is where other letters are most likely. */
    static Words beside(String content, String name, String data) {
        return isLatin(content) && isLatin(name) && isLatin(data) ? ESCAPED : AS_THEY_ARE;
    }

    /** What is no Latin letter comes back as a question mark. The copies are made by moving memory, which takes a fraction of a look at each letter. */
    private static boolean isLatin(String text) {
        if (!text.isEmpty() && text.charAt(0) > LAST_LATIN) {
            return false; // As all texts of some languages.
        }
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1).equals(text);
    }
}
