package io.embedim.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Faults at random while clients of im.v2 talk over three nodes: nothing that was acknowledged is lost and nothing comes twice, or the clients are told of a reset and say it again.
 *
 * <p>Five rounds, or as many as {@code -Dim.faults.rounds} says, from the number {@code -Dim.faults.first} on; each fault lasts {@code -Dim.faults.seconds}.
 */
@Tag("slow")
class RandomFaultsTest {

    private static final int FIRST = Integer.getInteger("im.faults.first", 0);
    private static final int ROUNDS = Integer.getInteger("im.faults.rounds", 5);
    private static final int SECONDS = Integer.getInteger("im.faults.seconds", 4);

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void nothingIsLostInSilenceWhateverFails() {
        try (FaultRounds rounds = new FaultRounds(Duration.ofSeconds(SECONDS))) {
            for (int round = FIRST; round < FIRST + ROUNDS; round++) {
                System.out.println(rounds.round(round));
            }
        }
    }
}
