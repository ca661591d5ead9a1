package io.embedim.testkit.simulation;

import io.embedim.conversation.Action;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Position;

/**
 * An entry that a log had and has no more.
 *
 * @param draft what it was
 * @param position where it stood
 */
public record LostEntry(Draft draft, Position position) {

    /** The conversation as frames name it. */
    String conv() {
        return draft.conversation().toString();
    }

    String mid() {
        return position.mid();
    }

    /** The mid of what it took back; empty where it is no recall. */
    String recalled() {
        return draft.action() instanceof Action.Recall recall ? recall.target().mid() : "";
    }
}
