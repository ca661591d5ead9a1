package io.embedim.bench.compare.play;

import io.embedim.bench.compare.plan.Layout;
import io.embedim.bench.compare.plan.Peer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The servers of a round: each is started and heated when it has its first turn, and paused until the next. Where memory is short, it is ended instead. */
final class Servers implements AutoCloseable {

    private final Children children;
    private final Layout layout;
    private final Heat heat;
    private final boolean keep;
    private final Map<Peer, Server> running = new HashMap<>();
    private final Map<Peer, String> broken = new HashMap<>();

    Servers(Children children, Layout layout, Heat heat, boolean keep) {
        this.children = children;
        this.layout = layout;
        this.heat = heat;
        this.keep = keep;
    }

    /** A warm server whose turn it is. One that did not start is not tried again in this round. */
    Server turnOf(Peer peer) throws Failed {
        String reason = broken.get(peer);
        if (reason != null) throw new Failed(reason);
        Server server = running.get(peer);
        if (server != null && server.alive()) {
            server.resume();
            return server;
        }
        try {
            Server started = fresh(peer, List.of());
            running.put(peer, started);
            heat.heat(started);
            return started;
        } catch (Failed e) {
            Server half = running.remove(peer);
            if (half != null) half.close();
            broken.put(peer, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** A new server that is the caller's to close. */
    Server fresh(Peer peer, List<String> before) throws Failed {
        return Server.start(children, peer, Server.command(peer, layout, before));
    }

    /** Ends the turn of a server. One that lost something may not have got over it, and would spoil what comes next: there will be a new one. */
    void after(Peer peer, boolean spoilt) throws Failed {
        Server server = running.get(peer);
        if (server == null) return;
        if (keep && !spoilt) {
            server.pause();
        } else {
            running.remove(peer);
            server.close();
        }
    }

    /** Ends all; those that did not start may be tried again. */
    void startOver() {
        running.values().forEach(Server::close);
        running.clear();
        broken.clear();
    }

    @Override
    public void close() {
        startOver();
    }
}
