package io.embedim.security;

import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Which users may not come in (SPI). Shared by all nodes. The core asks when somebody connects or joins under a claimed name, never for a message, and looks at {@link Ban#until()} itself.
 *
 * <p><b>Lifecycle.</b> Made by the application and handed to the builder; the server neither opens nor closes it.
 *
 * <p><b>Threads.</b> Any thread may call, several at once; no method blocks its caller. Stages may complete on any thread.
 *
 * <p><b>Ordering.</b> When a stage of {@code save} or {@code remove} has completed, every call that begins after it, on whatever node, sees the change: who connects while being banned
 * is kept out by that.
 *
 * <p><b>Rules.</b>
 * <ul>
 *   <li>N1 What was saved is found, with its end and its reason.
 *   <li>N2 A user has one ban: a later save takes the place of the one before, whichever ends first.
 *   <li>N3 {@code remove} ends a ban, and answers whether there was one; the bans of others stay.
 *   <li>N4 A listing shows each ban once, in pages of at most the size that was asked for; what is there during the whole listing is in it.
 *   <li>N5 A ban that has ended may be forgotten; one that has not may not.
 * </ul>
 *
 * <p><b>Failure.</b> A stage that fails, or takes longer than {@code Limits.backendTime}, lets nobody in: a handshake is answered with 503, a frame with a temporary error.
 *
 * <p><b>How to test it.</b> {@code BansContract} in im-testkit has a test for each rule.
 */
public interface Bans {

    /**
     * Finds the ban of a user (N1).
     *
     * @param user who
     * @return the ban, or empty
     */
    CompletionStage<Optional<Ban>> find(UserId user);

    /**
     * Bans a user (N2).
     *
     * @param ban who, and how long
     * @return completes when kept
     */
    CompletionStage<Void> save(Ban ban);

    /**
     * Ends a ban (N3).
     *
     * @param user whose
     * @return true where there was one
     */
    CompletionStage<Boolean> remove(UserId user);

    /**
     * The bans (N4).
     *
     * @param page which page
     * @return a page of bans, in an order of the store's own
     */
    CompletionStage<Page<Ban>> all(PageRequest page);
}
