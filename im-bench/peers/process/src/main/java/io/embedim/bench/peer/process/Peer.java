package io.embedim.bench.peer.process;

/** A chat server to compare with. It listens on the loopback address, and runs as long as its process does. */
public interface Peer {

    /**
     * Starts the server; it accepts clients when this returns.
     *
     * @param port where to listen, 0 for any free port
     * @return where it listens
     * @throws Exception as the server's own
     */
    int start(int port) throws Exception;
}
