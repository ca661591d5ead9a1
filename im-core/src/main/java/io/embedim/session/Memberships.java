package io.embedim.session;

import io.embedim.model.GroupId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Who belongs to which group, connected or not (SPI). An application with a member table of its own implements this alone.
 *
 * <p><b>Threads.</b> Any thread may call, several at once; no method blocks its caller. Stages may complete on any thread.
 *
 * <p><b>Rules.</b>
 * <ul>
 *   <li>M1 What was saved is found, and a change gives it a version one higher than the one it was saved with; for a new one see M4.
 *   <li>M2 {@code save} changes something only if the stored version is the given one (0: nothing stored); else it answers empty. Of several concurrent saves
 *       of one version exactly one wins.
 *   <li>M3 {@code remove} changes something only if the stored version is the given one.
 *   <li>M4 After a removal a new membership starts with a version higher than any before, so that old knowledge never fits again. A store may forget
 *       this where it cannot be asked for the old version any more.
 *   <li>M5 Listings show each membership once.
 * </ul>
 *
 * <p><b>Failure.</b> As for {@link SessionStore}: a failed stage means unchanged, none means unknown.
 *
 * <p><b>How to test it.</b> {@code MembershipsContract} in im-testkit.
 */
public interface Memberships {

    /**
     * Finds one membership.
     *
     * @param user who
     * @param group in which group
     * @return the membership, or empty
     */
    CompletionStage<Optional<Membership>> find(UserId user, GroupId group);

    /**
     * Makes or changes a membership (M1, M2).
     *
     * @param membership the new state, with the version of the state that it was made from
     * @return what is stored now, or empty where another version was found
     */
    CompletionStage<Optional<Membership>> save(Membership membership);

    /**
     * Ends a membership (M3).
     *
     * @param user who
     * @param group in which group
     * @param version the version that was seen
     * @return true where it was removed
     */
    CompletionStage<Boolean> remove(UserId user, GroupId group, long version);

    /**
     * The members of a group.
     *
     * @param group the group
     * @param page which page
     * @return a page, in an order of the store's own
     */
    CompletionStage<Page<Membership>> inGroup(GroupId group, PageRequest page);

    /**
     * The groups of a user.
     *
     * @param user the user
     * @param page which page
     * @return a page, in an order of the store's own
     */
    CompletionStage<Page<Membership>> ofUser(UserId user, PageRequest page);
}
