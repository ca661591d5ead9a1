package io.embedim.monitor;

/**
 * Hears how long things take. While nobody does, a server reads no clock for this.
 *
 * <p><b>Threads.</b> Called by the threads that do the work, several at once; must be quick and must not block. <b>Failure.</b> What it throws is dropped.
 */
public interface Latencies {

    /**
     * A client's frame has been handled: with all that its backends had to answer, and with the time that it waited for the frames before it.
     *
     * @param nanos since the core got the whole frame
     */
    void handled(long nanos);

    /**
     * A message has been written to a client. Told of one recipient of each message on each node, each in its turn, so that a large group costs no more than a small one.
     *
     * @param nanos since the broker numbered the message, by the clocks of both nodes; never below 0
     */
    void delivered(long nanos);
}
