package io.embedim.jdbc;

import io.embedim.conversation.Draft;
import io.embedim.conversation.Message;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Position;
import java.time.Instant;

/** One append on its way. */
final class Append extends Pending<Outcome> {

    final Draft draft;
    private final long weight;

    Append(Draft draft) {
        this.draft = draft;
        this.weight = new Message(draft, Position.START, "", Instant.EPOCH).weight();
    }

    @Override
    String name() {
        return "append to " + draft.conversation();
    }

    @Override
    public long weight() {
        return weight;
    }
}
