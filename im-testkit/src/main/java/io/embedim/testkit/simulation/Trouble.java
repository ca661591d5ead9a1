package io.embedim.testkit.simulation;

import java.util.SplittableRandom;

/** How the broker's network is just now. */
final class Trouble {

    private static final int LONGEST_NANOS = 30_000_000;

    /** What becomes of one call. */
    enum Kind {
        NONE,
        /** Fails, and nothing was done. */
        BEFORE,
        /** Fails, and it was done. */
        AFTER,
        /** Never reaches the broker, and nobody says so. */
        LOST_CALL,
        /** Is done, and nobody says so. */
        LOST_ANSWER
    }

    private final SplittableRandom random;
    private int percent;
    private boolean prompt = true;

    Trouble(SplittableRandom random) {
        this.random = random;
    }

    /** From now on so many calls of a hundred go wrong. */
    void begin(int failures) {
        percent = failures;
        prompt = false;
    }

    void end() {
        percent = 0;
        prompt = true;
    }

    boolean isPrompt() {
        return prompt;
    }

    Kind next() {
        if (percent == 0 || random.nextInt(100) >= percent) {
            return Kind.NONE;
        }
        Kind[] kinds = Kind.values();
        return kinds[1 + random.nextInt(kinds.length - 1)];
    }

    long delay() {
        return random.nextInt(LONGEST_NANOS);
    }
}
