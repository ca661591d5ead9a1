package io.embedim.security;

import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.util.concurrent.CompletableFuture;
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
     * What may this connection read of this group, when it is an {@code im.v2} one? Between two users each of them reads everything, and nobody else anything.
     *
     * @param actor who asks
     * @param group the group
     * @return how much; as a member, unless a policy says otherwise
     */
    default CompletionStage<Sight> read(Actor actor, GroupId group) {
        return CompletableFuture.completedFuture(Sight.AS_MEMBER);
    }

    /**
     * Everybody may do everything, as in the original: join any group, speak to any group without having joined it, speak to any user.
     *
     * @return the open policy
     */
    static AccessPolicy open() {
        return OpenPolicy.INSTANCE;
    }
}
