package io.embedim.internal.routing;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.connection.OutboundFrame;
import io.embedim.conversation.ConversationId;
import io.embedim.internal.codec.ClassicEncoder;
import io.embedim.internal.v2.Frames;
import io.embedim.model.GroupId;
import io.embedim.model.Identity;
import io.embedim.model.ImException;
import io.embedim.model.UserId;
import io.embedim.protocol.Sender;
import io.embedim.protocol.ServerFrame;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Carries out on this node what the application asks of its connections, here or on another node. Safe for use by any thread. */
final class Commands implements CommandHandler {

    private final LocalIndex index;
    private final Registrar registrar;
    private final EngineEvents events;
    private final Executor executor;

    Commands(LocalIndex index, Registrar registrar, EngineConfig config) {
        this.index = index;
        this.registrar = registrar;
        this.events = config.events();
        this.executor = config.runtime().executor();
    }

    @Override
    public CompletionStage<CommandReply> carryOut(Command command) {
        Selection selection = Selection.of(command.target(), index, command instanceof Command.Close);
        if (command instanceof Command.Send send) {
            return send(selection, frame(send.text(), send.droppable()));
        } else if (command instanceof Command.Close close) {
            return close(selection, close);
        } else if (command instanceof Command.Bind bind) {
            return sweep(selection, (peer, outcome) -> bind(peer, bind.user(), outcome));
        } else if (command instanceof Command.Unbind unbind) {
            return sweep(selection, (peer, outcome) -> unbind(peer, unbind.user(), outcome));
        } else if (command instanceof Command.Join join) {
            return sweep(selection, (peer, outcome) -> join(peer, join.group(), outcome));
        } else if (command instanceof Command.Leave leave) {
            return sweep(selection, (peer, outcome) -> leave(peer, leave.group(), null, outcome));
        } else if (command instanceof Command.Dissolve dissolve) {
            OutboundFrame told = ClassicEncoder.encode(new ServerFrame.Dissolved(dissolve.group()));
            return sweep(selection, (peer, outcome) -> leave(peer, dissolve.group(), told, outcome));
        } else if (command instanceof Command.Attributes attributes) {
            return sweep(selection, (peer, outcome) -> setAttributes(peer, attributes, outcome));
        }
        throw new IllegalArgumentException("unknown command " + command);
    }

    private CompletionStage<CommandReply> sweep(Selection selection, Sweep.Change change) {
        return Sweep.over(selection, change, executor);
    }

    private static OutboundFrame frame(String text, boolean droppable) {
        return droppable ? OutboundFrame.droppable(text) : OutboundFrame.of(text);
    }

    private static CompletionStage<CommandReply> send(Selection selection, OutboundFrame frame) {
        long queued = 0;
        long closed = 0;
        long overflowed = 0;
        Outbox pressed = null;
        for (Peer peer : selection.peers()) {
            switch (peer.send(frame)) {
                case QUEUED -> queued++;
                case CLOSED -> closed++;
                case OVERFLOW -> overflowed++;
            }
            if (peer.outbox().isPressed()) {
                pressed = peer.outbox();
            }
        }
        CommandReply reply = new CommandReply(selection.found(), queued, 0, closed, overflowed, 0, null);
        // Whoever waits for the answer before the next send is as fast as the lanes, as a client is.
        CompletionStage<Void> turn = pressed == null ? null : pressed.turn();
        return turn == null ? CompletableFuture.completedFuture(reply) : turn.thenApply(written -> reply);
    }

    private static CompletionStage<CommandReply> close(Selection selection, Command.Close close) {
        OutboundFrame last = close.last() == null ? null : OutboundFrame.of(close.last());
        Departed departed = new Departed(selection.found());
        for (Peer peer : selection.peers()) {
            if (last != null) {
                peer.send(last);
            }
            boolean first = close.atOnce() ? peer.endNow(close.reason()) : peer.endWhenDrained(close.reason());
            departed.await(peer, first);
        }
        return departed.all();
    }

    private @Nullable CompletionStage<?> bind(Peer peer, UserId user, Sweep.Outcome outcome) {
        Identity identity = peer.identity().orElse(null);
        if (identity != null && !identity.user().equals(user)) {
            outcome.failed(new ImException("connection " + peer.id() + " was proven to be " + identity.user()
                    + "; cannot bind it to " + user));
            return null;
        }
        if (user.equals(peer.user())) {
            outcome.unchanged();
            return null;
        }
        if (peer instanceof V2Peer) {
            outcome.failed(forGood(peer));
            return null;
        }
        return registrar.bind(
                peer,
                user,
                () -> {
                    events.bound(peer.session());
                    outcome.done();
                },
                outcome::failed);
    }

    private static ImException forGood(Peer peer) {
        return new ImException("connection " + peer.id() + " speaks im.v2 and is one user's for good");
    }

    private @Nullable CompletionStage<?> unbind(Peer peer, UserId user, Sweep.Outcome outcome) {
        if (peer instanceof V2Peer) {
            outcome.failed(forGood(peer));
            return null;
        }
        if (!user.equals(peer.user())) {
            outcome.unchanged();
            return null;
        }
        return registrar.unbind(peer, outcome::done, outcome::failed);
    }

    private @Nullable CompletionStage<?> join(Peer peer, GroupId group, Sweep.Outcome outcome) {
        if (peer.isIn(group)) {
            outcome.unchanged();
            return null;
        }
        return registrar.join(
                peer,
                group,
                ClassicEncoder.isNumber(group),
                () -> {
                    nameIfNameless(peer);
                    events.joined(peer.session(), group);
                    outcome.done();
                },
                outcome::failed);
    }

    private @Nullable CompletionStage<?> leave(
            Peer peer, GroupId group, @Nullable OutboundFrame told, Sweep.Outcome outcome) {
        if (!peer.isIn(group)) {
            outcome.unchanged();
            return null;
        }
        if (told == null) {
            return registrar.leave(peer, group, true, outcome::done, outcome::failed);
        }
        return registrar.leave(
                peer,
                group,
                false,
                () -> {
                    peer.send(peer instanceof V2Peer ? Frames.left(null, ConversationId.of(group)) : told);
                    outcome.done();
                },
                outcome::failed);
    }

    private @Nullable CompletionStage<?> setAttributes(
            Peer peer, Command.Attributes attributes, Sweep.Outcome outcome) {
        Map<String, String> before = peer.setAttributes(attributes.values(), attributes.replace());
        return registrar.save(peer, outcome::done, failure -> {
            peer.restoreAttributes(before);
            registrar.correct(peer);
            outcome.failed(failure);
        });
    }

    /** Whom the application takes into a group may have said nothing yet; the group is to hear who leaves all the same. */
    private static void nameIfNameless(Peer peer) {
        Identity identity = peer.identity().orElse(null);
        UserId user = identity != null ? identity.user() : peer.user();
        if (peer.sender() == null && user != null) {
            String name = identity != null && identity.name() != null ? identity.name() : user.value();
            peer.speaksAs(new Sender(user, false, name, false, null));
        }
    }
}
