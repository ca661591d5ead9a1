package io.embedim.internal.routing;

import io.embedim.monitor.ServerStats;

/** Counts what there is now, by asking each connection: what is counted up and down can go wrong for ever, this cannot. */
final class Census {

    private Census() {}

    static ServerStats.Open take(LocalIndex index) {
        int connections = 0;
        int authenticated = 0;
        int bound = 0;
        long queued = 0;
        int longest = 0;
        for (Peer peer : index.all()) {
            int bytes = peer.outbox().bytes();
            connections++;
            authenticated += peer.identity().isPresent() ? 1 : 0;
            bound += peer.boundTo() != null ? 1 : 0;
            queued += bytes;
            longest = Math.max(longest, bytes);
        }
        return new ServerStats.Open(connections, authenticated, bound, index.users(), index.groups(), queued, longest);
    }
}
