package io.embedim.internal.v2;

import io.embedim.connection.OutboundFrame;
import io.embedim.conversation.Action;
import io.embedim.conversation.Message;
import java.util.List;

/**
 * Entries of who came and who went, that follow one another in a log, as one frame (docs/protocol-v2.md V-CROWD). Immutable.
 *
 * @param entries one or more, none missing between them; not to be changed
 */
record Tally(List<Message> entries) {

    /** Whether an entry says that somebody came or went, and nothing else. */
    static boolean counts(Message message) {
        Action action = message.draft().action();
        return action instanceof Action.AddMember || action instanceof Action.RemoveMember;
    }

    private Message last() {
        return entries.get(entries.size() - 1);
    }

    /** To each of them what it does not have from a page: nearly always the same frame to all. */
    void send(Live[] recipients) {
        long first = entries.get(0).position().seq();
        long last = last().position().seq();
        OutboundFrame all = null;
        for (Live recipient : recipients) {
            long from = recipient.from;
            if (from < first) {
                all = all == null ? frame() : all;
                recipient.link().send(all);
            } else if (from < last) {
                recipient.link().send(behind((int) (from - first) + 1).frame());
            }
        }
    }

    private Tally behind(int count) {
        return new Tally(entries.subList(count, entries.size()));
    }

    /** As one frame; a single entry as it is. */
    OutboundFrame frame() {
        if (entries.size() == 1) {
            return Frames.entry(last());
        }
        int added = 0;
        for (Message entry : entries) {
            added += entry.draft().action() instanceof Action.AddMember ? 1 : 0;
        }
        return Frames.membersChanged(entries.get(0), last(), added, entries.size() - added);
    }

    /** Sends entries to one connection: those of who came and went that follow one another as one, all others as they are. */
    static void send(List<Message> entries, Live recipient, Lives.Delivery delivery) {
        for (int at = 0; at < entries.size(); ) {
            int end = at;
            while (end < entries.size() && counts(entries.get(end))) {
                end++;
            }
            OutboundFrame frame = end == at
                    ? delivery.frame(entries.get(at), recipient)
                    : new Tally(entries.subList(at, end)).frame();
            recipient.link().send(frame);
            at = Math.max(end, at + 1);
        }
    }
}
