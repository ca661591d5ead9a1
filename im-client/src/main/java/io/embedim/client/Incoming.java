package io.embedim.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what the server sends and brings each frame to the part that it concerns. */
final class Incoming {

    private static final int UNAUTHENTICATED = 4100;

    private final Desk desk;
    private final Link link;
    private final Timeline timeline;
    private final Outbox outbox;
    private final Syncs syncs;
    private final Marks marks;
    private final Requests requests;
    private @Nullable Supplier<String> ticket;
    private long renewAt = Link.NEVER;

    Incoming(Desk desk, Link link, Timeline timeline, Outbox outbox, Syncs syncs, Marks marks, Requests requests) {
        this.desk = desk;
        this.link = link;
        this.timeline = timeline;
        this.outbox = outbox;
        this.syncs = syncs;
        this.marks = marks;
        this.requests = requests;
    }

    void proveWith(Supplier<String> tickets) {
        ticket = tickets;
    }

    void opened() {
        renewAt = Link.NEVER;
        if (ticket != null) {
            desk.send(Frame.of("auth").put("ticket", ticket.get()).json());
        }
    }

    void disconnected() {
        renewAt = Link.NEVER;
    }

    void tick() {
        if (desk.now() >= renewAt) {
            opened();
        }
    }

    long wakeAt() {
        return renewAt;
    }

    /** Whether the connection is still wanted behind this frame. */
    boolean take(Fields frame) {
        Fields data = frame.object("data");
        String conv = data.text("conv");
        if (frame.number("code") != 0 || data.text("event").equals("error")) {
            failed((int) frame.number("code"), frame.text("msg"), data);
            return true;
        }
        switch (data.text("event")) {
            case "hello" -> {
                return greeted(data);
            }
            case "auth" -> renewAt = desk.now() + data.number("expires_in") * 750;
            case "ack" -> acked(data);
            case "message", "edit", "recall", "member_added", "member_removed" -> live(Entry.read(data, conv));
            case "members_changed" -> counted(conv, data);
            case "sync" -> syncs.answered(data);
            case "synced" -> {
                link.proven();
                syncs.synced(data);
            }
            case "changed" -> syncs.want(conv);
            case "left" -> {
                if (requests.answered(data)) {
                    syncs.left(conv);
                    desk.tell(new ChatEvent.Left(conv));
                }
            }
            case "read" -> marked(Watermark.READ, data);
            case "recv" -> marked(Watermark.RECEIVED, data);
            case "typing" -> desk.tell(new ChatEvent.Typing(conv, data.text("user_id")));
            default -> answered(data);
        }
        return true;
    }

    private boolean greeted(Fields hello) {
        if (!hello.text("user_id").equals(desk.user)) {
            desk.tell(new ChatEvent.Fault(0, "the server takes this client for somebody else", null));
            desk.want(new Effect.Close(UNAUTHENTICATED));
            link.ended(UNAUTHENTICATED);
            return false;
        }
        link.greeted();
        desk.ready(hello);
        desk.tell(new ChatEvent.Connected(hello.text("client_id")));
        return true;
    }

    private void live(Entry entry) {
        if (!timeline.live(entry)) {
            syncs.want(entry.conv());
        }
    }

    private void counted(String conv, Fields data) {
        boolean taken = timeline.passOver(conv, data.number("first") - 1, data.text("prev"), data.position());
        if (taken) {
            desk.tell(new ChatEvent.MembersCounted(conv, (int) data.number("added"), (int) data.number("removed")));
        } else {
            syncs.want(conv);
        }
    }

    /** What one's own action stands in is to be seen here too. */
    private void acked(Fields ack) {
        if (outbox.acked(ack) && !syncs.isLive(ack.text("conv"))) {
            syncs.want(ack.text("conv"));
        }
    }

    private void marked(Watermark watermark, Fields data) {
        marks.confirmed(data.text("id"));
        desk.tell(new ChatEvent.Marked(
                watermark,
                data.text("conv"),
                data.text("user_id"),
                data.object("position").position()));
        if (data.has("unread")) {
            desk.tell(new ChatEvent.Unread(data.text("conv"), (int) data.number("unread")));
        }
    }

    private void answered(Fields data) {
        if (!requests.answered(data)) {
            return;
        }
        String id = data.text("id");
        String conv = data.text("conv");
        switch (data.text("event")) {
            case "history" -> {
                List<Entry> entries = data.objects("messages").stream()
                        .map(fields -> Entry.read(fields, conv))
                        .toList();
                desk.tell(new ChatEvent.Older(
                        id, conv, entries, data.text("status").equals("more")));
            }
            case "presence" -> {
                List<String> online = new ArrayList<>();
                List<String> offline = new ArrayList<>();
                for (Fields user : data.objects("users")) {
                    (user.flag("online") ? online : offline).add(user.text("user_id"));
                }
                desk.tell(new ChatEvent.PresenceTold(id, online, offline));
            }
            case "members" -> {
                List<String> users = data.objects("members").stream()
                        .map(member -> member.text("user_id"))
                        .toList();
                desk.tell(new ChatEvent.MembersTold(id, conv, (int) data.number("count"), users, data.text("cursor")));
            }
            default -> {
                // A newer server may say more than this client knows.
            }
        }
    }

    private void failed(int code, String reason, Fields error) {
        if (!outbox.failed(code, reason, error)
                && !syncs.failed(code, reason, error)
                && !requests.failed(code, reason, error)
                && !marks.failed(error)) {
            desk.tell(new ChatEvent.Fault(code, reason, null));
        }
    }
}
