package io.embedim.internal.v2;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Receipt;
import io.embedim.interceptor.Verdict;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the dialect needs of the server around it. What answers a stage or null answers what there is to wait for. */
public interface Host {

    /** Asks a backend, and goes on when it has answered in time; {@code failed} hears why it has not. */
    <T> @Nullable CompletionStage<?> ask(
            Backend backend,
            Supplier<? extends CompletionStage<T>> question,
            Function<? super T, ? extends @Nullable CompletionStage<?>> next,
            Consumer<Throwable> failed);

    /** Takes a connection into a group, where others find it; from then on what is said there comes to this node. */
    @Nullable
    CompletionStage<?> enter(
            Link link, GroupId group, Supplier<@Nullable CompletionStage<?>> next, Consumer<Throwable> failed);

    /** Takes a connection out of a group. */
    @Nullable
    CompletionStage<?> exit(Link link, GroupId group, Runnable done, Consumer<Throwable> failed);

    /** Whether a connection is in as many groups as it may be. For tasks of the mailbox. */
    boolean isInTooManyGroups(Link link);

    /** Asks the interceptors, if any, what is to become of what somebody says. */
    @Nullable
    CompletionStage<?> intercept(
            Link link,
            Draft draft,
            Function<Draft, @Nullable CompletionStage<?>> next,
            Function<Verdict.Refuse, @Nullable CompletionStage<?>> refused,
            Consumer<Throwable> failed);

    /** Whether it may have to be told that nobody heard this; to be asked before it is published. */
    boolean isAbsent(Draft draft);

    /** Something was published. */
    void published(Draft draft, Receipt receipt, boolean absent);

    /** What who speaks in a conversation has to wait for, or null. */
    @Nullable
    CompletionStage<Void> behind(ConversationId conversation);

    /** Takes a ticket. */
    @Nullable
    CompletionStage<?> authenticate(Link link, Request.Auth auth);

    /** Counts a private conversation that a proven user begins; answers how long it has to wait, zero where it need not. */
    Duration beginPair(UserId user);

    /** Counts a refusal. */
    void refused(ErrorCode code, ProtocolText text);
}
