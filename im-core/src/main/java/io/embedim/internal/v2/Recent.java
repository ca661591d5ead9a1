package io.embedim.internal.v2;

import io.embedim.conversation.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has come while connections catch up: kept once, however many these are. Guarded by its {@link Channel}. */
final class Recent {

    /** Who needs more than these reads once more. */
    private static final int MOST = 4_096;

    private static final long MOST_BYTES = 4 * 1024 * 1024;

    private final List<Message> entries = new ArrayList<>();
    private long bytes;
    private long gone;
    private int readers;

    /** One more has to read; answers from where on it needs what comes. */
    long begin() {
        readers++;
        return now();
    }

    /** Here the next one will be. */
    long now() {
        return gone + entries.size();
    }

    int readers() {
        return readers;
    }

    /** One has read, or gives up; true where it was the last. */
    boolean end() {
        readers--;
        return readers == 0;
    }

    void add(Message message) {
        entries.add(message);
        bytes += message.weight();
        while (entries.size() > 1 && (entries.size() > MOST || bytes > MOST_BYTES)) {
            drop((entries.size() + 1) / 2);
        }
    }

    private void drop(int count) {
        List<Message> oldest = entries.subList(0, count);
        oldest.forEach(one -> bytes -= one.weight());
        oldest.clear();
        gone += count;
    }

    /** What has come from there on, or null where that was too much. */
    @Nullable
    List<Message> from(long place) {
        return place < gone ? null : entries.subList((int) (place - gone), entries.size());
    }
}
