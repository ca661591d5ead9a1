package io.embedim.internal.v2;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.LogReplaced;
import io.embedim.conversation.Message;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Topic;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.runtime.ImRuntime;
import io.embedim.session.Membership;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The dialect {@code im.v2}: does what its clients ask for, and brings them what is said. */
public final class Dialect {

    /** How many conversations one sync may name. */
    public static final int MOST_CONVERSATIONS = 100;

    private static final List<String> FEATURES =
            List.of("sync", "history", "edit", "recall", "read", "typing", "presence", "members");

    private final V2Config config;
    private final ImRuntime runtime;
    private final Host host;
    private final RequestReader reader;
    private final Answers answers;
    private final Lives lives;
    private final Pairs pairs;
    private final Writings writings;
    private final Enrolment enrolment;
    private final Rooms rooms;
    private final Syncs syncs;
    private final Watching watching;
    private final Crowd crowd;
    private final Echoes echoes;
    private final Onlookers onlookers;

    /**
     * Puts its parts together.
     *
     * @param dialogues the connections of a user on this node that speak this dialect
     */
    public Dialect(V2Config config, Host host, Lives.Delivery delivery, Function<UserId, List<Dialogue>> dialogues) {
        this.config = config;
        this.runtime = config.runtime();
        this.host = host;
        this.reader = config.reader();
        this.answers = new Answers(host);
        this.lives = new Lives(
                delivery, new Lives.Crowds(config.limits().leavesAnnouncedUpTo(), runtime), dialogues, this::removed);
        this.pairs = new Pairs(host, config);
        this.echoes = new Echoes(config, lives, dialogues::apply, host);
        Sights sights = new Sights(config, host);
        this.enrolment = new Enrolment(config, host);
        LooseEnds looseEnds = new LooseEnds(config, enrolment, host);
        CatchUp catchUp = new CatchUp(config, lives, sights, looseEnds, host, answers);
        this.writings = new Writings(config, pairs, host, answers);
        this.rooms = new Rooms(config, enrolment, catchUp, lives, host, answers);
        this.syncs = new Syncs(config, catchUp, lives, sights, host, answers);
        this.watching = new Watching(config, sights, host, answers, echoes);
        this.onlookers = new Onlookers(config, host);
        this.crowd = new Crowd(config, sights, echoes, onlookers, host, answers);
    }

    /** What makes sure that a pair can be found before something is said there, in whatever dialect. */
    public Pairs pairs() {
        return pairs;
    }

    /** A client is let in: it is told so. */
    public Dialogue begin(Link link, Dialogue.Names names) {
        Dialogue dialogue = new Dialogue(link, names, runtime);
        link.send(Frames.hello(new Hello(
                link.user(),
                link.id(),
                names.device(),
                runtime.now(),
                config.broker().dedupeWindow(),
                config.heartbeat(),
                FEATURES,
                config.limits().frameBytes(),
                config.rules().maxText(),
                MOST_CONVERSATIONS,
                CatchUp.PAGE)));
        return dialogue;
    }

    /** A connection has ended. For tasks of its mailbox. */
    public void end(Dialogue dialogue) {
        onlookers.forget(dialogue);
        UserId user = dialogue.link().user();
        for (Live live : dialogue.leaveAll()) {
            lives.leave(Lives.topic(user, live.channel.conversation()), live);
        }
    }

    /** A connection is out of a group. For tasks of its mailbox. */
    public void outOf(Dialogue dialogue, GroupId group) {
        rooms.forget(dialogue, ConversationId.of(group));
    }

    /** A membership has been taken out of the table of members: log and directory follow, and with the log everybody who listens. */
    public CompletionStage<Void> membershipEnded(UserId user, GroupId group) {
        return enrolment.ended(user, group);
    }

    /** A membership has ended: it is out of the group by a task of its own mailbox, and hears nothing meanwhile. */
    private void removed(Live live, ConversationId conversation) {
        Link link = live.link();
        GroupId group = ((ConversationId.Group) conversation).group();
        link.post(() -> {
            Runnable done = () -> outOf(live.dialogue, group);
            Supplier<@Nullable CompletionStage<?>> out = () -> {
                if (!link.isIn(group)) {
                    done.run();
                    return null;
                }
                return host.exit(link, group, done, failure -> done.run());
            };
            // By the time of its turn its user may have joined again, and then this is of no concern any more.
            return host.ask(
                    Backend.MEMBERSHIPS,
                    () -> config.memberships().find(link.user(), group),
                    found -> found.filter(Membership::isMember).isPresent() ? null : out.get(),
                    failure -> done.run());
        });
    }

    /** An entry has come by a topic; those of one topic come one at a time. */
    public void accept(Topic topic, Message message) {
        lives.accept(topic, message);
    }

    /** The log of a topic's conversation is another one by now. */
    public void accept(Topic topic, LogReplaced replaced) {
        lives.accept(topic, replaced);
    }

    /** Something transient has come by a topic. */
    public void accept(Topic topic, Signal.Note note) {
        echoes.accept(topic, note);
    }

    /** Reads a text. Any thread. */
    public List<Item> read(String text) {
        return reader.read(text);
    }

    /** Answers what is wrong with a frame. */
    public void fault(Link link, Fault fault) {
        answers.fault(link, fault);
    }

    /** Does what a client asks for. For tasks of its mailbox. Answers what the next request has to wait for, or null. */
    @Nullable
    public CompletionStage<?> act(Dialogue dialogue, Request request) {
        Link link = dialogue.link();
        if (request instanceof Request.Writing writing) {
            return writings.write(dialogue, writing);
        } else if (request instanceof Request.Sync sync) {
            syncs.begin(dialogue, sync);
        } else if (request instanceof Request.Mark mark) {
            return watching.move(dialogue, mark);
        } else if (request instanceof Request.Typing typing) {
            return crowd.typing(dialogue, typing);
        } else if (request instanceof Request.Ping ping) {
            link.send(Frames.pong(ping.id()));
        } else if (request instanceof Request.Join join) {
            return rooms.join(dialogue, join);
        } else if (request instanceof Request.Leave leave) {
            return rooms.leave(dialogue, leave);
        } else if (request instanceof Request.History history) {
            return syncs.history(dialogue, history);
        } else if (request instanceof Request.Presence presence) {
            return crowd.presence(dialogue, presence);
        } else if (request instanceof Request.Members members) {
            return crowd.members(dialogue, members);
        } else if (request instanceof Request.Auth auth) {
            return host.authenticate(link, auth);
        }
        return null;
    }

    /** For tests: nothing may be left where nobody is. */
    public int followed() {
        return lives.size();
    }
}
