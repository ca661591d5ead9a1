package io.embedim.internal.v2;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Marks;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Watermarks;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Moves watermarks, and tells the user's other devices and those who watch (protocol W). For tasks of a connection's mailbox. */
final class Watching {

    /** An unread count of as many says "or more" (W2). */
    static final int MOST_UNREAD = 999;

    private final LogBroker broker;
    private final Watermarks watermarks;
    private final Sights sights;
    private final Host host;
    private final Answers answers;
    private final Echoes echoes;

    Watching(V2Config config, Sights sights, Host host, Answers answers, Echoes echoes) {
        this.broker = config.broker();
        this.watermarks = config.watermarks();
        this.sights = sights;
        this.host = host;
        this.answers = answers;
        this.echoes = echoes;
    }

    /** A mark on its way, and what bounds what its user sees. */
    private record Step(
            Link link,
            Request.Mark mark,
            ConversationId conversation,
            @Nullable UserId member,
            boolean belongs) {
        UserId user() {
            return link.user();
        }
    }

    @Nullable
    CompletionStage<?> move(Dialogue dialogue, Request.Mark mark) {
        Link link = dialogue.link();
        ConversationId conversation = mark.of().asMeantBy(link.user());
        if (!sights.readsHistory(link)) {
            answers.refuse(link, mark, ErrorCode.FORBIDDEN, ProtocolText.HISTORY_REFUSED);
            return null;
        } else if (conversation == null) {
            answers.notThere(link, mark);
            return null;
        }
        return sights.of(
                link,
                conversation,
                view -> {
                    if (!view.any()) {
                        answers.notThere(link, mark);
                        return null;
                    }
                    return check(new Step(link, mark, conversation, view.member(), view.now()));
                },
                failure -> answers.unavailable(link, mark, failure));
    }

    /** All that a user has not read, as its membership shows it. */
    static Reading unread(ConversationId conversation, Position read, @Nullable UserId member) {
        Reading all = Reading.after(conversation, read, MOST_UNREAD);
        return member == null ? all : all.asSeenBy(member);
    }

    private Consumer<Throwable> failed(Step step) {
        return failure -> answers.unavailable(step.link(), step.mark(), failure);
    }

    private @Nullable CompletionStage<?> check(Step step) {
        Position position = step.mark().position();
        Reading reading =
                new Reading(step.conversation(), new Reading.After(position), 1, CatchUp.PAGE_BYTES, step.member());
        return host.ask(
                Backend.BROKER,
                () -> broker.read(reading),
                slice -> {
                    if (slice.status() == Slice.Status.GONE || slice.top().seq() == 0) {
                        answers.notThere(step.link(), step.mark());
                        return null;
                    } else if (slice.status() == Slice.Status.RESET) {
                        boolean above = position.epoch().equals(slice.top().epoch())
                                && position.seq() > slice.top().seq();
                        answers.refuse(
                                step.link(),
                                step.mark(),
                                above ? ErrorCode.BAD_REQUEST : ErrorCode.CONFLICT,
                                ProtocolText.POSITION_UNKNOWN);
                        return null;
                    }
                    return advance(step);
                },
                failed(step));
    }

    private @Nullable CompletionStage<?> advance(Step step) {
        Watermarks.Kind kind = step.mark().read() ? Watermarks.Kind.READ : Watermarks.Kind.RECV;
        return host.ask(
                Backend.BROKER,
                () -> watermarks.advance(
                        step.user(), step.conversation(), kind, step.mark().position()),
                marks -> host.ask(
                        Backend.BROKER,
                        () -> broker.unread(unread(step.conversation(), marks.read(), step.member()), step.user()),
                        unread -> {
                            tell(step, marks, unread);
                            return null;
                        },
                        failed(step)),
                failed(step));
    }

    private void tell(Step step, Marks marks, int unread) {
        boolean read = step.mark().read();
        Position position = read ? marks.read() : marks.recv();
        String event = step.mark().event();
        if (step.mark().id() != null) {
            step.link()
                    .send(Frames.mark(
                            event,
                            step.conversation(),
                            step.user(),
                            position,
                            unread,
                            step.mark().id()));
        }
        if (!position.equals(step.mark().position())) {
            return; // It stood further already, and everybody has heard that.
        }
        echoes.toDevices(
                step.link(),
                step.conversation(),
                Frames.mark(event, step.conversation(), step.user(), position, unread, null)
                        .text());
        if (step.belongs()) {
            echoes.toOthers(
                    step.link(),
                    step.conversation(),
                    event,
                    Frames.mark(event, step.conversation(), step.user(), position, null, null)
                            .text());
        }
    }
}
