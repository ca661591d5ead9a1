package io.embedim.security;

import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.util.concurrent.CompletionStage;

/**
 * Decides what a client may do (SPI). Asked for each frame, after it was found valid and its sender was checked.
 *
 * <p><b>Threads.</b> Called by any thread, several at once; must not block. {@link Decision#now} answers at once. <b>Failure.</b> A stage that fails, or does not complete
 * within {@code Limits.backendTime}, denies for now: the client gets a temporary error, and nothing is done.
 */
public interface AccessPolicy {

    /**
     * May this connection join this group?
     *
     * @param actor who asks
     * @param group the group
     * @return the decision
     */
    CompletionStage<Decision> join(Actor actor, GroupId group);

    /**
     * May this connection speak to this group?
     *
     * @param actor who asks
     * @param group the group
     * @return the decision
     */
    CompletionStage<Decision> speak(Actor actor, GroupId group);

    /**
     * May this connection speak to this user?
     *
     * @param actor who asks
     * @param to the user
     * @return the decision
     */
    CompletionStage<Decision> speak(Actor actor, UserId to);

    /**
     * Everybody may do everything, as in the original: join any group, speak to any group without having joined it, speak to any user.
     *
     * @return the open policy
     */
    static AccessPolicy open() {
        return OpenPolicy.INSTANCE;
    }
}
