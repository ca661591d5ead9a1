package io.embedim.redis;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import java.time.Instant;

/**
 * A message as it travels and as it is read, made by {@code log.lua}: {@code 1 M epoch seq mid prev at revision recalled length}, then the fixed part and the words. Where it stands is known before
 * the rest is read.
 */
final class MessageFrame {

    private static final String NOTHING = "-";

    private final byte[] bytes;
    private final ConversationId conversation;
    private final Position position;
    private final String prev;
    private final Instant at;
    private final long revision;
    private final boolean recalled;
    private final int fixedFrom;
    private final int wordsFrom;

    private MessageFrame(byte[] bytes, ByteReader in) {
        this.bytes = bytes;
        String epoch = in.word();
        long seq = Long.parseLong(in.word());
        this.position = new Position(epoch, seq, in.word());
        String before = in.word();
        this.prev = before.equals(NOTHING) ? "" : before;
        this.at = Instant.ofEpochMilli(Long.parseLong(in.word()));
        this.revision = Long.parseLong(in.word());
        this.recalled = in.word().equals("1");
        int length = Integer.parseInt(in.word());
        this.fixedFrom = in.at();
        this.wordsFrom = fixedFrom + length;
        this.conversation = DraftFormat.conversation(in);
    }

    /** Of the bytes behind the version and the kind. */
    static MessageFrame of(byte[] bytes, ByteReader behindKind) {
        return new MessageFrame(bytes, behindKind);
    }

    /** Of the answer of a script. */
    static MessageFrame of(byte[] bytes) {
        ByteReader in = new ByteReader(bytes, 0);
        Wire.kind(in);
        return new MessageFrame(bytes, in);
    }

    ConversationId conversation() {
        return conversation;
    }

    Position position() {
        return position;
    }

    /** The place below it. */
    Position before() {
        return position.seq() == 1
                ? new Position(position.epoch(), 0, "")
                : new Position(position.epoch(), position.seq() - 1, prev);
    }

    Message message() {
        return new Message(
                DraftFormat.read(new ByteReader(bytes, fixedFrom), new ByteReader(bytes, wordsFrom)),
                position,
                prev,
                at,
                revision,
                recalled);
    }
}
