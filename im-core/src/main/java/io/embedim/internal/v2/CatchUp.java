package io.embedim.internal.v2;

import io.embedim.connection.OutboundFrame;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Marks;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Watermarks;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings one connection up to date in one conversation, and makes it live there (protocol P2): first what comes is kept, then the log is read, then both are merged. Whatever happens, the
 * client is answered once. For tasks of the connection's mailbox.
 */
final class CatchUp {

    static final int PAGE = 100;
    static final long PAGE_BYTES = 128 * 1024;
    private static final Look FIRST = new Look(8, LooseEnds.Tied.NOTHING);
    private static final Slice NOTHING = new Slice(Slice.Status.GONE, Position.START, 1, "", List.of());
    private static final Duration AGAIN_IN = Duration.ofSeconds(1);

    private final LogBroker broker;
    private final Watermarks watermarks;
    private final Lives lives;
    private final Sights sights;
    private final LooseEnds looseEnds;
    private final Host host;
    private final Answers answers;

    CatchUp(V2Config config, Lives lives, Sights sights, LooseEnds looseEnds, Host host, Answers answers) {
        this.broker = config.broker();
        this.watermarks = config.watermarks();
        this.lives = lives;
        this.sights = sights;
        this.looseEnds = looseEnds;
        this.host = host;
        this.answers = answers;
    }

    /**
     * One try to answer.
     *
     * @param left how many there may be, this one included
     * @param tied what was left half done and has been seen to before this look
     */
    private record Look(int left, LooseEnds.Tied tied) {
        Look again() {
            return new Look(left - 1, tied);
        }

        Look again(LooseEnds.Tied done) {
            return new Look(left - 1, done);
        }

        boolean isLast() {
            return left == 1;
        }
    }

    /** One conversation that one connection wants, and for which request. */
    record Errand(Dialogue dialogue, Request request, ConversationId conversation, Request.Start start) {
        Link link() {
            return dialogue.link();
        }
    }

    @Nullable
    CompletionStage<?> run(Errand errand) {
        return run(errand, FIRST);
    }

    private @Nullable CompletionStage<?> run(Errand errand, Look look) {
        return sights.of(
                errand.link(),
                errand.conversation(),
                view -> {
                    if (!view.any()) {
                        return gone(errand);
                    }
                    if (!view.now()) {
                        return read(errand, view, null, look);
                    }
                    return entered(errand, view, look);
                },
                failed(errand));
    }

    private Consumer<Throwable> failed(Errand errand) {
        return failure -> answers.unavailable(errand.link(), errand.request(), failure);
    }

    private Consumer<Throwable> failed(Errand errand, @Nullable Live live) {
        return failure -> {
            giveUp(live);
            answers.unavailable(errand.link(), errand.request(), failure);
        };
    }

    private @Nullable CompletionStage<?> gone(Errand errand) {
        errand.link().send(gone(errand.request().id(), errand.conversation()));
        return null;
    }

    /** The answer for what a client may not see, or what does not exist: the same for both. */
    static OutboundFrame gone(@Nullable String id, ConversationId conversation) {
        return Frames.sync(id, conversation, NOTHING, null, null, 0);
    }

    /** From here on what is said comes to this node. */
    private @Nullable CompletionStage<?> entered(Errand errand, Sights.View view, Look look) {
        if (!(errand.conversation() instanceof ConversationId.Group group)) {
            return follow(errand, view, look);
        }
        Link link = errand.link();
        if (!link.isIn(group.group()) && host.isInTooManyGroups(link)) {
            answers.refuse(link, errand.request(), ErrorCode.FORBIDDEN, ProtocolText.TOO_MANY_GROUPS);
            return null;
        }
        return host.enter(link, group.group(), () -> follow(errand, view, look), failed(errand));
    }

    private @Nullable CompletionStage<?> follow(Errand errand, Sights.View view, Look look) {
        Dialogue dialogue = errand.dialogue();
        ConversationId conversation = errand.conversation();
        Live live = dialogue.live(conversation);
        if (live == null) {
            UserId user = dialogue.link().user();
            live = lives.follow(Lives.topic(user, conversation), conversation, dialogue);
            dialogue.follow(conversation, live);
        }
        live.isMember = view.member() != null;
        return read(errand, view, live, look);
    }

    private @Nullable CompletionStage<?> read(Errand errand, Sights.View view, @Nullable Live live, Look look) {
        if (live != null) {
            live.channel.beginCatchingUp(live);
        }
        return host.ask(
                Backend.BROKER,
                () -> broker.read(reading(errand, view)),
                slice -> marked(errand, view, live, slice, look),
                failed(errand, live));
    }

    private Reading reading(Errand errand, Sights.View view) {
        Request.Start start = errand.start();
        Reading.From from = start instanceof Request.Behind behind && sights.readsHistory(errand.link())
                ? new Reading.After(behind.position())
                : new Reading.Last();
        int limit = start instanceof Request.Newest newest ? newest.count() : PAGE;
        return new Reading(errand.conversation(), from, Math.min(limit, PAGE), PAGE_BYTES, view.member());
    }

    private @Nullable CompletionStage<?> marked(
            Errand errand, Sights.View view, @Nullable Live live, Slice slice, Look look) {
        if (slice.status() == Slice.Status.GONE) {
            giveUp(live);
            return gone(errand);
        }
        Supplier<@Nullable CompletionStage<?>> next = () -> withMarks(errand, view, live, slice, look);
        if (look.isLast() || end(errand, slice).seq() != slice.top().seq()) {
            return next.get();
        }
        return looseEnds.tie(
                errand, view, slice, look.tied(), done -> run(errand, look.again(done)), next, failed(errand, live));
    }

    /** Now for its own marks, unless it may not have them. */
    private @Nullable CompletionStage<?> withMarks(
            Errand errand, Sights.View view, @Nullable Live live, Slice slice, Look look) {
        Link link = errand.link();
        if (!sights.readsHistory(link)) {
            return answer(errand, view, live, onlyTop(slice), null, 0, look);
        }
        Consumer<Throwable> failed = failed(errand, live);
        return host.ask(
                Backend.BROKER,
                () -> watermarks.find(link.user(), errand.conversation()),
                marks -> host.ask(
                        Backend.BROKER,
                        () -> broker.unread(
                                Watching.unread(errand.conversation(), marks.read(), view.member()), link.user()),
                        unread -> answer(errand, view, live, slice, marks, unread, look),
                        failed),
                failed);
    }

    /** Who is only claimed to be somebody hears what comes, and nothing of what was. */
    private static Slice onlyTop(Slice slice) {
        return new Slice(
                Slice.Status.OK, slice.top(), slice.top().seq() + 1, slice.top().mid(), List.of());
    }

    private @Nullable CompletionStage<?> answer(
            Errand errand,
            Sights.View view,
            @Nullable Live live,
            Slice slice,
            @Nullable Marks marks,
            int unread,
            Look look) {
        Position end = end(errand, slice);
        boolean all = end.seq() == slice.top().seq() && slice.status() != Slice.Status.RESET;
        OutboundFrame page = Frames.sync(
                errand.request().id(),
                errand.conversation(),
                as(status(slice, all), lives.seen(slice, errand.link())),
                marks == null ? null : marks.read(),
                marks == null ? null : marks.recv(),
                unread);
        if (live == null || !all) {
            giveUp(live);
            errand.link().send(page);
            return null;
        }
        Channel.Turn turn = live.channel.goLive(live, page, slice.entries(), end);
        if (turn == Channel.Turn.LIVE) {
            return null;
        } else if (!look.isLast()) {
            return turn == Channel.Turn.TAKEN_OUT
                    ? run(errand, look.again()) // Once more from the beginning: it sees less now.
                    : read(errand, view, live, look.again());
        }
        giveUp(live);
        answers.later(errand.link(), errand.request(), ErrorCode.UNAVAILABLE, ProtocolText.UNAVAILABLE, AGAIN_IN);
        return null;
    }

    /** A page of the newest has all that is behind it, however much lies before. */
    private static Slice.Status status(Slice slice, boolean all) {
        return switch (slice.status()) {
            case OK, MORE -> all ? Slice.Status.OK : Slice.Status.MORE;
            default -> slice.status();
        };
    }

    private static Slice as(Slice.Status status, Slice slice) {
        return status == slice.status()
                ? slice
                : new Slice(status, slice.top(), slice.floor(), slice.floorPrev(), slice.entries());
    }

    /** Up to where the client has everything, when it has this page. */
    private static Position end(Errand errand, Slice slice) {
        List<Message> entries = slice.entries();
        if (!entries.isEmpty()) {
            return entries.get(entries.size() - 1).position();
        }
        return slice.status() == Slice.Status.TRIMMED || !(errand.start() instanceof Request.Behind behind)
                ? slice.top()
                : behind.position().seq() == 0 ? slice.top() : behind.position();
    }

    private static void giveUp(@Nullable Live live) {
        if (live != null) {
            live.channel.giveUpCatchingUp(live);
        }
    }
}
