package io.embedim.redis;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Slice;
import io.embedim.model.ImException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads parts of logs. */
final class LogReads {

    /** At most so many in one answer, so that a long read holds up nobody; there is {@code MORE} then. */
    static final int MOST_ENTRIES = 1_000;

    static final long MOST_WEIGHT = 4L << 20;
    private static final int FIRST_FRAME = 6;

    private final Link link;
    private final RedisKeys keys;

    LogReads(Link link, RedisKeys keys) {
        this.link = link;
        this.keys = keys;
    }

    CompletionStage<Slice> read(Reading reading) {
        String mode = "last";
        Position at = Position.START;
        if (reading.from() instanceof Reading.After after) {
            mode = "after";
            at = after.position();
        } else if (reading.from() instanceof Reading.Before before) {
            mode = "before";
            at = new Position(before.epoch(), before.seq(), "");
        }
        String member = reading.member() == null ? "" : reading.member().value();
        return link.eval(
                        "read of " + reading.conversation(),
                        Script.READ,
                        keys.log(reading.conversation()).all(),
                        RedisKeys.bytes(mode),
                        RedisKeys.bytes(at.epoch()),
                        RedisKeys.bytes(Long.toString(at.seq())),
                        RedisKeys.bytes(at.mid()),
                        RedisKeys.bytes(Integer.toString(Math.min(reading.limit(), MOST_ENTRIES))),
                        RedisKeys.bytes(Long.toString(Math.min(reading.bytes(), MOST_WEIGHT))),
                        RedisKeys.bytes(member))
                .thenApply(LogReads::slice);
    }

    /** Where a log ends; {@link Position#START} where there is none. */
    CompletionStage<Position> top(ConversationId conversation) {
        return link.call(
                        "look at " + conversation,
                        commands -> commands.hmget(
                                keys.log(conversation).meta(),
                                RedisKeys.bytes("epoch"),
                                RedisKeys.bytes("seq"),
                                RedisKeys.bytes("mid")))
                .thenApply(values -> values.get(0).isEmpty()
                        ? Position.START
                        : new Position(
                                text(values.get(0).getValue()),
                                Long.parseLong(text(values.get(1).getValue())),
                                text(values.get(2).getValue())));
    }

    private static Slice slice(List<Object> answer) {
        List<Message> entries = new ArrayList<>(answer.size() - FIRST_FRAME);
        for (Object frame : answer.subList(FIRST_FRAME, answer.size())) {
            entries.add(MessageFrame.of((byte[]) frame).message());
        }
        return new Slice(
                Slice.Status.valueOf(text(answer.get(0))),
                new Position(text(answer.get(1)), Long.parseLong(text(answer.get(2))), text(answer.get(3))),
                Long.parseLong(text(answer.get(4))),
                text(answer.get(5)),
                entries);
    }

    static String text(Object bytes) {
        if (bytes instanceof byte[] array) {
            return new String(array, StandardCharsets.UTF_8);
        }
        throw new ImException("a script answered " + bytes.getClass() + "; expected text");
    }
}
