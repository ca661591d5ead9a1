package io.embedim.internal.routing;

import io.embedim.connection.CloseReason;
import io.embedim.model.UserId;
import io.embedim.protocol.ClientFrame;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.Sender;
import io.embedim.security.AccessPolicy;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Binds connections to users, and takes them into groups, as their frames ask. Called by tasks of the connection's mailbox. */
final class Joins {

    private final AccessPolicy policy;
    private final Guard guard;
    private final Banned banned;
    private final Registrar registrar;
    private final EngineEvents events;
    private final int maxGroups;

    Joins(EngineConfig config, Guard guard, Banned banned, Registrar registrar) {
        this.policy = config.policy();
        this.guard = guard;
        this.banned = banned;
        this.registrar = registrar;
        this.events = config.events();
        this.maxGroups = config.limits().groupsPerConnection();
    }

    @Nullable
    CompletionStage<?> joinPrivate(Peer peer, ClientFrame.JoinPrivate join) {
        Sender sender = join.sender();
        if (!Guard.isAllowedAs(peer, sender)) {
            return Guard.refuse(peer, ProtocolText.NOT_YOU, join);
        }
        return unlessBanned(peer, join, sender, () -> bind(peer, join, sender));
    }

    private @Nullable CompletionStage<?> bind(Peer peer, ClientFrame.JoinPrivate join, Sender sender) {
        UserId user = sender.user();
        Runnable done = () -> {
            peer.speaksAs(sender);
            peer.send(Replies.success(join.json()));
            events.bound(peer.session());
        };
        if (peer.identity().isPresent()) {
            return registrar.bind(peer, user, done, failure -> Guard.unavailable(peer, join, failure));
        }
        // Once more, now that the index has it: see Banned.
        return registrar.bindThen(
                peer,
                user,
                () -> banned.unless(
                        user,
                        () -> {
                            done.run();
                            return null;
                        },
                        () -> peer.endWhenDrained(CloseReason.BANNED),
                        failure -> peer.endWhenDrained(CloseReason.GOING_AWAY)),
                failure -> Guard.unavailable(peer, join, failure));
    }

    /** Who has proven who he is was looked up when he came in, and a ban has closed him since; so only claimed names are asked for. */
    private @Nullable CompletionStage<?> unlessBanned(
            Peer peer, ClientFrame frame, Sender sender, Supplier<@Nullable CompletionStage<?>> next) {
        return peer.identity().isPresent()
                ? next.get()
                : banned.unless(
                        sender.user(),
                        next,
                        () -> peer.send(peer.replies().error(ErrorCode.FORBIDDEN, ProtocolText.BANNED, frame.json())),
                        failure -> Guard.unavailable(peer, frame, failure));
    }

    @Nullable
    CompletionStage<?> joinGroup(Peer peer, ClientFrame.JoinGroup join) {
        Sender sender = join.sender();
        if (!Guard.isAllowedAs(peer, sender)) {
            return Guard.refuse(peer, ProtocolText.NOT_YOU, join);
        }
        return unlessBanned(peer, join, sender, () -> enter(peer, join, sender));
    }

    private @Nullable CompletionStage<?> enter(Peer peer, ClientFrame.JoinGroup join, Sender sender) {
        return guard.ifAllowed(
                peer,
                join,
                () -> policy.join(new Caller(peer, sender.user()), join.group()),
                ProtocolText.JOIN_REFUSED,
                () -> {
                    if (peer.isIn(join.group())) {
                        peer.speaksAs(sender);
                        peer.send(Replies.success(join.json()));
                        return null;
                    }
                    if (peer.groupCount() >= maxGroups) {
                        return Guard.refuse(peer, ProtocolText.TOO_MANY_GROUPS, join);
                    }
                    peer.speaksAs(sender); // Before the store hears of it: if this node dies, its groups are told who has left.
                    return registrar.join(
                            peer,
                            join.group(),
                            join.groupIsNumber(),
                            () -> {
                                peer.send(Replies.success(join.json()));
                                events.joined(peer.session(), join.group());
                            },
                            failure -> Guard.unavailable(peer, join, failure));
                });
    }
}
