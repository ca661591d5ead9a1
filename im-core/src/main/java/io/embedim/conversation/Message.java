package io.embedim.conversation;

import java.time.Instant;

/**
 * A message with its place in its conversation's log.
 *
 * @param draft what was said
 * @param position where it stands; its {@code mid} names this message alone
 * @param prev the {@code mid} of the message before it in the same epoch; empty at 1
 * @param at when it was appended, by the broker's clock
 */
public record Message(Draft draft, Position position, String prev, Instant at) implements TopicEvent {

    @Override
    public String toString() {
        return "Message[" + draft.conversation() + " " + position.seq() + "]";
    }
}
