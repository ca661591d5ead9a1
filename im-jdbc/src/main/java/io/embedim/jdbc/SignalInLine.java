package io.embedim.jdbc;

import io.embedim.conversation.Signal;

/**
 * A signal that was sent behind messages which are not yet in the log (B7).
 *
 * @param signal what is to be heard
 */
record SignalInLine(Signal signal) implements Item {

    private static final long WEIGHT = 512;

    @Override
    public long weight() {
        return WEIGHT;
    }

    @Override
    public void drop(String why) {
        // Transient: who waits for it misses it.
    }
}
