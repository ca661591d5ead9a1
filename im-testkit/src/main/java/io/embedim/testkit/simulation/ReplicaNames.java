package io.embedim.testkit.simulation;

import io.embedim.conversation.Action;
import io.embedim.conversation.Draft;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Message;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Slice;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What epochs and mids are called outside, which a replica that was filled by appending anew calls otherwise. What is new in it is called the same. */
final class ReplicaNames {

    private final Map<String, String> inside = new HashMap<>();
    private final Map<String, String> outside = new HashMap<>();
    private final Map<String, Instant> times = new HashMap<>();

    /** One entry stands here under other names. */
    void learn(Position within, Receipt known) {
        Position without = known.position();
        learn(within.epoch(), without.epoch());
        learn(within.mid(), without.mid());
        times.put(without.mid(), known.at());
    }

    private void learn(String within, String without) {
        inside.put(without, within);
        outside.put(within, without);
    }

    private String in(String name) {
        return inside.getOrDefault(name, name);
    }

    private String out(String name) {
        return outside.getOrDefault(name, name);
    }

    Draft in(Draft draft) {
        return renamed(draft, this::in);
    }

    private static Draft renamed(Draft draft, UnaryOperator<String> names) {
        Action action = draft.action();
        if (action instanceof Action.Edit edit) {
            return draft.doing(new Action.Edit(renamed(edit.target(), names), edit.baseRevision()));
        } else if (action instanceof Action.Recall recall) {
            return draft.doing(
                    new Action.Recall(renamed(recall.target(), names), recall.baseRevision(), recall.ofOthers()));
        }
        return draft;
    }

    private static EntryRef renamed(EntryRef entry, UnaryOperator<String> names) {
        return new EntryRef(entry.seq(), names.apply(entry.mid()));
    }

    Reading in(Reading reading) {
        Reading.From from = reading.from();
        if (from instanceof Reading.After after) {
            Position at = after.position();
            from = new Reading.After(new Position(in(at.epoch()), at.seq(), in(at.mid())));
        } else if (from instanceof Reading.Before before) {
            from = new Reading.Before(in(before.epoch()), before.seq());
        }
        return new Reading(reading.conversation(), from, reading.limit(), reading.bytes(), reading.member());
    }

    Position out(Position position) {
        return new Position(out(position.epoch()), position.seq(), out(position.mid()));
    }

    Message out(Message message) {
        Position at = out(message.position());
        return new Message(
                renamed(message.draft(), this::out),
                at,
                out(message.prev()),
                times.getOrDefault(at.mid(), message.at()),
                message.revision(),
                message.recalled());
    }

    Slice out(Slice slice) {
        return new Slice(
                slice.status(),
                out(slice.top()),
                slice.floor(),
                out(slice.floorPrev()),
                slice.entries().stream().map(this::out).toList());
    }

    Outcome out(Outcome outcome) {
        return outcome instanceof Receipt receipt ? out(receipt) : outcome;
    }

    Receipt out(Receipt receipt) {
        Position at = out(receipt.position());
        return new Receipt(at, times.getOrDefault(at.mid(), receipt.at()), receipt.duplicate());
    }
}
