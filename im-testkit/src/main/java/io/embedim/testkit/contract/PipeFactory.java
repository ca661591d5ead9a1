package io.embedim.testkit.contract;

/** Opens the pipes that {@link ConnectionContract} tests. */
public interface PipeFactory {

    /**
     * A client connected to a server, both idle. Called once in a test, which closes it.
     *
     * @return the pipe
     */
    Pipe openPipe();
}
