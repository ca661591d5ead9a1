package io.embedim.examples.demo;

/**
 * A container with WebSocket that the demo runs in. One use: start, then close.
 */
interface DemoContainer extends AutoCloseable {

    /**
     * Listens, with one web application at the root.
     *
     * @param options where to listen
     * @param application what to run; called when the WebSocket container is there
     * @throws UsageException if the address cannot be listened on
     */
    void start(DemoOptions options, DemoApplication application) throws UsageException;

    /** The port that it listens on. */
    int port();

    /** Stops listening and lets go of everything. A second call does nothing. */
    @Override
    void close();
}
