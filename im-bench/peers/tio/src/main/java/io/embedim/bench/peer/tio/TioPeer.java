package io.embedim.bench.peer.tio;

import io.embedim.bench.peer.process.PeerProcess;
import java.io.IOException;
import org.tio.server.TioServerConfig;
import org.tio.websocket.server.WsServerConfig;
import org.tio.websocket.server.WsServerStarter;

/** t-io's WebSocket server, with the texts of {@link Chat}. */
public final class TioPeer {

    private TioPeer() {}

    /**
     * Runs it.
     *
     * @param args a port, or nothing
     * @throws Exception if it does not start
     */
    public static void main(String[] args) throws Exception {
        PeerProcess.run("tio", args, TioPeer::start);
    }

    private static int start(int port) throws IOException {
        WsServerConfig address = new WsServerConfig(PeerProcess.freeIfZero(port));
        address.setBindIp("127.0.0.1");
        WsServerStarter starter = new WsServerStarter(address, new Chat());
        TioServerConfig config = starter.getTioServerConfig();
        // Nobody reads its statistics.
        config.statOn = false;
        // Who is idle stays.
        config.setHeartbeatTimeout(0);
        starter.start();
        return address.getBindPort();
    }
}
