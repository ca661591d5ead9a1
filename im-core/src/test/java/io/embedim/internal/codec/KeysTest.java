package io.embedim.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeysTest {

    @Test
    void aKeyIsTakenOnceInEachObject() {
        Keys keys = new Keys(64);
        keys.open();

        assertThat(keys.add("a")).isTrue();
        assertThat(keys.add("b")).isTrue();
        assertThat(keys.add("a")).isFalse();
    }

    @Test
    void theSameKeyIsNewInAnInnerObjectAndStillOldBehindIt() {
        Keys keys = new Keys(64);
        keys.open();
        keys.add("a");
        keys.open();

        assertThat(keys.add("a")).isTrue();
        keys.close();
        assertThat(keys.add("a")).isFalse();
        assertThat(keys.add("b")).isTrue();
    }

    @Test
    void asManyKeysAsAllowedAndNotOneMore() {
        Keys keys = new Keys(3);
        keys.open();

        assertThat(keys.add("a")).isTrue();
        assertThat(keys.add("b")).isTrue();
        assertThat(keys.add("c")).isTrue();
        assertThat(keys.add("d")).isFalse();
    }

    @Test
    void theLimitIsForEachObjectAlone() {
        Keys keys = new Keys(2);

        for (int depth = 0; depth < 100; depth++) {
            keys.open();
            assertThat(keys.add("a")).isTrue();
            assertThat(keys.add("b")).isTrue();
        }
        keys.close();
        assertThat(keys.add("c")).isFalse();
    }

    @Test
    void keysOfClosedSiblingsDoNotAddUp() {
        Keys keys = new Keys(2);
        keys.open();

        for (int sibling = 0; sibling < 1_000; sibling++) {
            keys.open();
            assertThat(keys.add("a")).isTrue();
            assertThat(keys.add("b")).isTrue();
            keys.close();
        }
        assertThat(keys.add("a")).isTrue();
    }
}
