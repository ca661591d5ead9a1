package io.embedim.internal.v2;

import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Message;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Slice;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds joins and leaves that were left half done, where the table of members says one thing and the log another, and does the rest of them (protocol M2). For tasks of a connection's
 * mailbox.
 */
final class LooseEnds {

    private final LogBroker broker;
    private final Enrolment enrolment;
    private final Host host;

    LooseEnds(V2Config config, Enrolment enrolment, Host host) {
        this.broker = config.broker();
        this.enrolment = enrolment;
        this.host = host;
    }

    /** What has been done about what was left half done. */
    enum Tied {
        NOTHING,
        LEAVE,
        JOIN
    }

    /** What was seen of a log up to its end by one whose membership bounds it. {@code in}: what the table of members said before that. */
    private record Seen(Link link, GroupId group, UserId member, boolean in, List<Message> entries) {

        /** Whether the last entry is the one that removed the member. */
        boolean endsWithRemoval() {
            return !entries.isEmpty()
                    && entries.get(entries.size() - 1).draft().action() instanceof Action.RemoveMember removed
                    && removed.user().equals(member);
        }
    }

    /**
     * Does what is left to do before a page is answered.
     *
     * @param slice ends with the log, as far as it may be seen
     * @param tied what this has done before, when it looked last: where the client has all there is, the page does not tell, and to do it once is enough
     * @param again what to do where something may have been done: look again, and tell what it was
     * @param next what to do where nothing is open
     */
    @Nullable
    CompletionStage<?> tie(
            CatchUp.Errand errand,
            Sights.View view,
            Slice slice,
            Tied tied,
            Function<Tied, @Nullable CompletionStage<?>> again,
            Supplier<@Nullable CompletionStage<?>> next,
            Consumer<Throwable> failed) {
        if (view.member() == null
                || slice.status() == Slice.Status.RESET
                || !(errand.conversation() instanceof ConversationId.Group group)) {
            return next.get();
        }
        Seen seen = new Seen(errand.link(), group.group(), view.member(), view.now(), slice.entries());
        if (!seen.entries().isEmpty() && seen.in() != seen.endsWithRemoval()) {
            return next.get();
        } else if (!seen.in()) {
            return seen.entries().isEmpty() && tied == Tied.LEAVE
                    ? next.get()
                    : enrolment.finish(seen.link(), seen.group(), () -> again.apply(Tied.LEAVE), failed);
        } else if (tied == Tied.JOIN) {
            // It has just been done, or is not to be: a member for as long as a classic connection lives has no entry.
            return next.get();
        }
        Supplier<@Nullable CompletionStage<?>> complete =
                () -> enrolment.complete(seen.link(), seen.group(), () -> again.apply(Tied.JOIN), failed);
        if (!seen.entries().isEmpty()) {
            return complete.get();
        }
        return host.ask(
                Backend.BROKER,
                () -> broker.read(Reading.last(errand.conversation(), 1).asSeenBy(seen.member())),
                last -> isOut(seen, last) ? complete.get() : next.get(),
                failed);
    }

    private static boolean isOut(Seen seen, Slice last) {
        Seen end = new Seen(seen.link(), seen.group(), seen.member(), true, last.entries());
        return last.entries().isEmpty() || end.endsWithRemoval();
    }
}
