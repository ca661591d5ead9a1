package io.embedim.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the user did and the server has not answered: one action out at a time in each conversation (S6), the same id in every attempt (S1). */
final class Outbox {

    private static final int SERVER_FAULTS = 500;
    private static final int TOO_LONG = 400;
    private static final int MOST_DOUBLINGS = 3;

    private final Desk desk;
    private final Acks acks;
    private final Map<String, Deque<Pending>> queues = new LinkedHashMap<>();
    private final Map<String, Pending> byId = new HashMap<>();

    Outbox(Desk desk, Acks acks) {
        this.desk = desk;
        this.acks = acks;
    }

    void add(Pending pending) {
        if (desk.isTooLong(pending.frame)) {
            desk.tell(new ChatEvent.Nacked(pending.id, TOO_LONG, "longer than the server's frame_bytes"));
            return;
        }
        byId.put(pending.id, pending);
        queues.computeIfAbsent(pending.conv, conv -> new ArrayDeque<>()).add(pending);
    }

    int size() {
        return byId.size();
    }

    void disconnected() {
        byId.values().forEach(pending -> {
            pending.out = false;
            pending.due = 0;
        });
    }

    /** Sends what is due. */
    void pump() {
        if (!desk.isReady()) {
            return;
        }
        long now = desk.now();
        for (Deque<Pending> queue : new ArrayList<>(queues.values())) {
            Pending head = queue.peek();
            while (head != null && now >= head.due && head.isTooOld(desk)) {
                remove(head);
                acks.offer(head, false);
                head = queue.peek();
            }
            if (head != null && now >= head.due) {
                send(head, now);
            }
        }
    }

    private void send(Pending pending, long now) {
        if (pending.firstSent == Pending.NOT_YET) {
            pending.firstSent = now;
        }
        pending.out = true;
        pending.due = now + (desk.options.answerTime().toMillis() << Math.min(pending.attempts++, MOST_DOUBLINGS));
        desk.send(pending.frame);
    }

    /** Whether the answer was awaited. */
    boolean acked(Fields ack) {
        Pending pending = remove(byId.get(ack.text("id")));
        if (pending == null) {
            return false;
        }
        acks.add(pending, ack.position());
        desk.tell(new ChatEvent.Acked(pending.id, pending.conv, ack.position(), ack.flag("dup")));
        return true;
    }

    /** Whether the error answers something of this outbox. */
    boolean failed(int code, String reason, Fields error) {
        Pending pending = byId.get(error.text("id"));
        if (pending == null) {
            return false;
        }
        boolean unknown = code >= SERVER_FAULTS && !error.has("committed");
        if (error.flag("temporary") || unknown || error.has("retry_after")) {
            pending.out = false;
            pending.due = desk.after(error);
        } else {
            remove(pending);
            desk.tell(new ChatEvent.Nacked(pending.id, code, reason));
        }
        return true;
    }

    long wakeAt() {
        long wake = Link.NEVER;
        if (desk.isReady()) {
            for (Deque<Pending> queue : queues.values()) {
                wake = Math.min(wake, queue.element().due);
            }
        }
        return wake;
    }

    private @Nullable Pending remove(@Nullable Pending pending) {
        if (pending == null) {
            return null;
        }
        byId.remove(pending.id);
        Deque<Pending> queue = queues.get(pending.conv);
        if (queue != null) {
            queue.remove(pending);
            if (queue.isEmpty()) {
                queues.remove(pending.conv);
            }
        }
        return pending;
    }
}
