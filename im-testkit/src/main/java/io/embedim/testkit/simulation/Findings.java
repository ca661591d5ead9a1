package io.embedim.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What was found in one run, and what may excuse it. */
final class Findings {

    private final List<Finding> found = new ArrayList<>();
    private final LostEntries lost = new LostEntries();
    private int losses;

    void broken(String rule, String what) {
        found.add(new Finding(rule, what));
    }

    /** The words are made only where they are needed: most checks hold. */
    void check(boolean holds, String rule, Supplier<String> what) {
        if (!holds) {
            broken(rule, what.get());
        }
    }

    List<Finding> all() {
        return found;
    }

    /** From now on a log may be another one. */
    void logLost() {
        losses++;
    }

    int losses() {
        return losses;
    }

    /** Which entries of logs that go on are gone. */
    LostEntries lost() {
        return lost;
    }

    boolean wasLogLost() {
        return losses > 0;
    }
}
