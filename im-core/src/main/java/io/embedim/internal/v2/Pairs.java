package io.embedim.internal.v2;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Directory;
import io.embedim.monitor.Backend;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that both users of a pair find their conversation in their directories before anything is said there (protocol D1). Knows some pairs that have been seen to, so that
 * nearly every message asks nobody. Safe for use by any thread.
 */
public final class Pairs {

    /** About 100 bytes each. */
    private static final int MOST_KNOWN = 65_536;

    private final Host host;
    private final Directory directory;
    private final Set<ConversationId.Pair> known = ConcurrentHashMap.newKeySet();

    Pairs(Host host, Directory directory) {
        this.host = host;
        this.directory = directory;
    }

    /** Goes on when both have it. */
    @Nullable
    public CompletionStage<?> open(
            ConversationId conversation, Supplier<@Nullable CompletionStage<?>> next, Consumer<Throwable> failed) {
        if (!(conversation instanceof ConversationId.Pair pair) || known.contains(pair)) {
            return next.get();
        }
        return host.ask(
                Backend.BROKER,
                () -> directory.put(pair.first(), pair, true),
                first -> host.ask(
                        Backend.BROKER,
                        () -> directory.put(pair.second(), pair, true),
                        second -> {
                            remember(pair);
                            return next.get();
                        },
                        failed),
                failed);
    }

    private void remember(ConversationId.Pair pair) {
        if (known.size() >= MOST_KNOWN) {
            known.clear(); // Those in use are asked for once more.
        }
        known.add(pair);
    }
}
