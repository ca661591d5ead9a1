package io.embedim.internal.routing;

import io.embedim.connection.OutboundFrame;
import io.embedim.conversation.Draft;
import io.embedim.interceptor.InboundInterceptor;
import io.embedim.interceptor.Verdict;
import io.embedim.internal.codec.ClassicChange;
import io.embedim.monitor.Backend;
import io.embedim.security.Actor;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the application what is to become of what clients say. */
final class Inbounds {

    private final List<InboundInterceptor> interceptors;
    private final int maxBytes;
    private final Steps steps;

    Inbounds(EngineConfig config, Steps steps) {
        this.interceptors = config.inbound();
        this.maxBytes = config.limits().frameBytes();
        this.steps = steps.of(Backend.INTERCEPTOR);
    }

    boolean isEmpty() {
        return interceptors.isEmpty();
    }

    /** One message on its way past the interceptors, and what to do at its end. */
    record Passage(
            Actor sender,
            Function<Draft, @Nullable CompletionStage<?>> next,
            Function<Verdict.Refuse, @Nullable CompletionStage<?>> refused,
            Consumer<Throwable> failed) {}

    /** Goes on with what the interceptors have made of a message; answers what to wait for, or null where all is done. */
    @Nullable
    CompletionStage<?> ask(Draft draft, Passage passage) {
        return ask(0, draft, passage);
    }

    private @Nullable CompletionStage<?> ask(int which, Draft draft, Passage passage) {
        if (which == interceptors.size()) {
            return passage.next().apply(draft);
        }
        return steps.then(
                () -> interceptors
                        .get(which)
                        .intercept(passage.sender(), draft)
                        .thenApply(Function.<Verdict>identity()),
                verdict -> {
                    if (verdict instanceof Verdict.Refuse refuse) {
                        return passage.refused().apply(refuse);
                    }
                    Draft changed;
                    try {
                        changed = verdict instanceof Verdict.Change change ? changed(draft, change) : draft;
                    } catch (IllegalArgumentException e) {
                        steps.failed();
                        passage.failed().accept(e);
                        return null;
                    }
                    return ask(which + 1, changed, passage);
                },
                passage.failed());
    }

    private Draft changed(Draft draft, Verdict.Change change) {
        Draft changed = ClassicChange.apply(draft, change.content(), change.fields());
        int bytes = OutboundFrame.of(changed.json()).size();
        if (bytes > maxBytes) {
            throw new IllegalArgumentException("changed message has " + bytes + " bytes; expected at most " + maxBytes
                    + ", as a client's frame may have");
        }
        return changed;
    }
}
