package io.embedim.internal.v2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is kept for connections that catch up, and how much (protocol P2). */
class RecentTest {

    private final Recent recent = new Recent();

    private void come(int count, int chars) {
        for (int i = 0; i < count; i++) {
            recent.add(Messages.at5(Messages.draft("x".repeat(chars), "{}")));
        }
    }

    @Test
    void eachReaderHasWhatHasComeSinceItBegan() {
        long first = recent.begin();
        come(2, 1);
        long second = recent.begin();
        come(1, 1);

        assertThat(recent.from(first)).hasSize(3);
        assertThat(recent.from(second)).hasSize(1);
        assertThat(recent.from(recent.now())).isEmpty();
        assertThat(recent.readers()).isEqualTo(2);
        assertThat(recent.end()).isFalse();
        assertThat(recent.end()).isTrue();
    }

    @Test
    void whatIsTooManyIsNotKept() {
        long first = recent.begin();
        come(4_096, 1);
        assertThat(recent.from(first)).hasSize(4_096);
        long second = recent.now();

        come(1, 1);

        assertThat(recent.from(first)).isNull();
        assertThat(recent.from(second)).hasSize(1);
    }

    @Test
    void whatIsTooMuchIsNotKept() {
        long first = recent.begin();

        come(3, 800 * 1024);

        assertThat(recent.from(first)).isNull();
        assertThat(recent.from(recent.now())).isEmpty();
        long second = recent.now();
        come(1, 2 * 1024 * 1024);
        assertThat(recent.from(second))
                .as("a single one is kept however long it is")
                .hasSize(1);
    }
}
