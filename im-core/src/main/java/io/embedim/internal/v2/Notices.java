package io.embedim.internal.v2;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Position;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells one client that something has changed in conversations that it is not live in: at once, and then at most once a second for each of them. The last change is never left out. Safe
 * for use by any thread.
 */
final class Notices {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Link link;
    private final ImRuntime runtime;
    private @Nullable Map<ConversationId, Notice> notices; // Guarded by this, as is the next.
    private boolean scheduled;

    private static final class Notice {
        private long toldAt;
        private @Nullable Position top;
    }

    Notices(Link link, ImRuntime runtime) {
        this.link = link;
        this.runtime = runtime;
    }

    void changed(ConversationId conversation, Position top) {
        synchronized (this) {
            if (notices == null) {
                notices = new HashMap<>(4);
            }
            Notice known = notices.get(conversation);
            if (known != null) {
                known.top = top;
                return; // The timer runs while anything is known.
            }
            Notice told = new Notice();
            told.toldAt = runtime.nanoTime();
            notices.put(conversation, told);
            schedule();
            link.send(Frames.changed(conversation, top));
        }
    }

    /** What was to be told of it need not be any more. */
    synchronized void forget(ConversationId conversation) {
        if (notices != null) {
            notices.remove(conversation);
        }
    }

    private synchronized void tell() {
        scheduled = false;
        if (notices == null || link.hasEnded()) {
            notices = null;
            return;
        }
        long now = runtime.nanoTime();
        Iterator<Map.Entry<ConversationId, Notice>> all = notices.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<ConversationId, Notice> next = all.next();
            Notice notice = next.getValue();
            if (now - notice.toldAt < PAUSE.toNanos()) {
                continue;
            }
            if (notice.top == null) {
                all.remove();
            } else {
                link.send(Frames.changed(next.getKey(), notice.top));
                notice.toldAt = now;
                notice.top = null;
            }
        }
        schedule();
    }

    private void schedule() {
        if (!scheduled && notices != null && !notices.isEmpty()) {
            scheduled = true;
            runtime.schedule(() -> runtime.executor().execute(this::tell), PAUSE);
        }
    }
}
