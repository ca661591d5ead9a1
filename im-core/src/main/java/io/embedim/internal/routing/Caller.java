package io.embedim.internal.routing;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import io.embedim.security.Actor;
import java.util.Optional;

/** Who sent a frame, as a policy sees it. */
record Caller(Peer peer, UserId user) implements Actor {

    @Override
    public ConnectionId connection() {
        return peer.id();
    }

    @Override
    public Optional<Identity> identity() {
        return peer.identity();
    }

    @Override
    public boolean hasJoined(GroupId group) {
        return peer.isIn(group);
    }

    @Override
    public String toString() {
        return "Actor[" + user + " on " + peer.id() + "]";
    }
}
