package io.embedim.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoredTextTest {

    private static final char[] LETTERS = {0, 1, 2, 'a', '0', '\ud83d', '\ude00', '\uffff'};

    @Test
    void everyTextComesBackAndNoTwoBecomeOne() {
        Random random = new Random(1);
        Set<String> texts = new HashSet<>();
        Set<String> stored = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder made = new StringBuilder();
            for (int length = random.nextInt(7); length > 0; length--) {
                made.append(LETTERS[random.nextInt(LETTERS.length)]);
            }
            String text = made.toString();
            String encoded = StoredText.encode(text);
            texts.add(text);
            stored.add(encoded);

            assertThat(StoredText.decode(encoded)).isEqualTo(text);
            assertThat(encoded.length()).isLessThanOrEqualTo(text.length() * StoredText.GROWTH);
            assertThat(encoded).doesNotContain("\0");
            assertThat(encoded.codePoints()).noneMatch(point -> point >= 0xd800 && point <= 0xdfff);
        }
        assertThat(stored).hasSameSizeAs(texts);
    }

    @Test
    void usualTextIsStoredAsItIs() {
        String text = "阿克苏 😀 \n\t\u001f";

        assertThat(StoredText.encode(text)).isSameAs(text);
        assertThat(StoredText.decode(text)).isSameAs(text);
    }
}
