package io.embedim.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TombstonesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ConnectionId FIRST = new ConnectionId("first");

    private final Tombstones tombstones = new Tombstones();

    @Test
    void remembersARemovalForTenMinutes() {
        tombstones.add(FIRST, NOW);

        assertThat(tombstones.contains(FIRST, NOW.plus(Duration.ofMinutes(10).minusMillis(1))))
                .isTrue();
        assertThat(tombstones.contains(FIRST, NOW.plus(Duration.ofMinutes(10)))).isFalse();
    }

    @Test
    void remembersNoMoreThanTheLastTenThousand() {
        tombstones.add(FIRST, NOW);
        for (int i = 1; i < Tombstones.MAX; i++) {
            tombstones.add(new ConnectionId("c" + i), NOW);
        }
        assertThat(tombstones.contains(FIRST, NOW)).isTrue();

        tombstones.add(new ConnectionId("one more"), NOW);

        assertThat(tombstones.contains(FIRST, NOW)).isFalse();
        assertThat(tombstones.contains(new ConnectionId("c1"), NOW)).isTrue();
    }
}
