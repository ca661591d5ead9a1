package io.embedim.testkit.contract;

/** A {@link Pipe} whose client can cease to read, for {@link StalledConnectionContract}. */
public interface StallingPipe extends Pipe {

    /** Ceases to read from the socket, so that TCP's buffers fill up. The connection stays open. */
    void stopReading();
}
