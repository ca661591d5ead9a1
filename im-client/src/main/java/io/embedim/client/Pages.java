package io.embedim.client;

import java.util.List;

/** What to ask of a conversation's log, and what to make of the answer (P3 to P5). */
final class Pages {

    private static final int AFTER_RESET = 100;

    private final Desk desk;
    private final Timeline timeline;
    private final Acks acks;
    private final Marks marks;

    Pages(Desk desk, Timeline timeline, Acks acks, Marks marks) {
        this.desk = desk;
        this.timeline = timeline;
        this.acks = acks;
        this.marks = marks;
    }

    /** Says from where a conversation is wanted. */
    Frame from(Conversation conversation, Frame frame) {
        Position position = desk.store.position(conversation.conv);
        int page = conversation.wasReset ? AFTER_RESET : desk.options.firstPage();
        conversation.fromLast = position.equals(Position.START) && page > 0;
        return conversation.fromLast ? frame.put("last", page) : frame.put("position", position);
    }

    void answered(Conversation conversation, Fields answer) {
        String status = answer.text("status");
        switch (status) {
            case "gone" -> {
                conversation.gone = true;
                conversation.live = false;
                desk.tell(new ChatEvent.Gone(conversation.conv));
                return;
            }
            case "reset" -> {
                reset(conversation);
                return;
            }
            case "ok", "more", "trimmed" -> {
                if (isAbove(conversation, answer.object("top").position())) {
                    conversation.live = false;
                    conversation.wanted = true;
                    return;
                }
                if (!take(conversation, answer, status)) {
                    desk.tell(new ChatEvent.Fault(0, "a page does not follow the position", conversation.conv));
                    reset(conversation);
                    return;
                }
            }
            default -> desk.tell(new ChatEvent.Fault(0, "unknown status of a sync", conversation.conv));
        }
        conversation.gone = false;
        conversation.live = status.equals("ok") || (status.equals("trimmed") && !answer.flag("more"));
        conversation.wanted = !conversation.live;
        if (conversation.live) {
            desk.tell(new ChatEvent.Live(conversation.conv));
            tellLeft(conversation);
        }
        if (answer.has("unread")) {
            desk.tell(new ChatEvent.Unread(conversation.conv, (int) answer.number("unread")));
        }
    }

    /** What came behind the question is not in the log any more (V-SYNC 6): asked from there, the server says so. */
    private boolean isAbove(Conversation conversation, Position top) {
        Position position = desk.store.position(conversation.conv);
        return position.epoch().equals(top.epoch()) && position.seq() > top.seq();
    }

    /** Where the log says it itself, that is enough. */
    private void tellLeft(Conversation conversation) {
        if (!conversation.left) {
            return;
        }
        conversation.left = false;
        List<Entry> entries = desk.store.entries(conversation.conv);
        boolean said = !entries.isEmpty()
                && entries.get(entries.size() - 1).kind() == Entry.Kind.MEMBER_REMOVED
                && entries.get(entries.size() - 1).member().equals(desk.user);
        if (!said) {
            desk.tell(new ChatEvent.Left(conversation.conv));
        }
    }

    private void reset(Conversation conversation) {
        conversation.gone = false;
        conversation.live = false;
        conversation.wasReset = true;
        conversation.wanted = true;
        marks.forget(conversation.conv);
        timeline.reset(conversation.conv);
    }

    private boolean take(Conversation conversation, Fields answer, String status) {
        String conv = conversation.conv;
        List<Entry> page = answer.objects("messages").stream()
                .map(fields -> Entry.read(fields, conv))
                .toList();
        long floor = answer.number("floor");
        String epoch = answer.object("top").text("epoch");
        if (status.equals("trimmed")) {
            Position before = new Position(epoch, floor - 1, answer.text("floor_prev"));
            Position position = desk.store.position(conv);
            if (!position.epoch().equals(epoch) || position.seq() < before.seq()) {
                desk.store.restart(conv, before);
                desk.tell(new ChatEvent.Trimmed(conv, position.seq() + 1, before.seq()));
            } else if (position.seq() == before.seq() && !position.equals(before)) {
                return false; // What came meanwhile is lost, and another one is in its place.
            }
        } else if (desk.store.position(conv).equals(Position.START)) {
            begin(conv, page, epoch, floor, answer.text("floor_prev"));
        }
        if (!timeline.page(conv, page)) {
            return false;
        }
        if (conversation.wasReset) {
            conversation.wasReset = false;
            acks.offerLost(conv, page, floor);
        }
        return true;
    }

    /** What lies below the first page is not read, or not for this user. */
    private void begin(String conv, List<Entry> page, String epoch, long floor, String floorPrev) {
        Position before = page.isEmpty()
                ? new Position(epoch, floor - 1, floorPrev)
                : new Position(
                        page.get(0).position().epoch(),
                        page.get(0).position().seq() - 1,
                        page.get(0).prev());
        if (before.seq() > 0) {
            desk.store.restart(conv, before);
            desk.tell(new ChatEvent.Began(conv, before.seq() + 1));
        }
    }
}
