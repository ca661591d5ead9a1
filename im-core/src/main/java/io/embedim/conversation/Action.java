package io.embedim.conversation;

import io.embedim.model.UserId;

/** What a draft does to its conversation. Each is an entry of its own in the log. */
public sealed interface Action {

    /** Something is said; the draft has the words. What a draft does unless it says otherwise. */
    record Say() implements Action {}

    /**
     * Other words take the place of something that was said. Only who said it may.
     *
     * @param target what was said
     * @param baseRevision the revision that the change was made from
     */
    record Edit(EntryRef target, long baseRevision) implements Action {}

    /**
     * Something that was said is taken back: its words are nowhere any more.
     *
     * @param target what was said
     * @param baseRevision the revision that was seen
     * @param ofOthers whether the sender may take back what others said
     */
    record Recall(EntryRef target, long baseRevision, boolean ofOthers) implements Action {}

    /**
     * A user becomes a member.
     *
     * @param user who
     * @param version the membership's version, above that of any earlier membership of this user here
     */
    record AddMember(UserId user, long version) implements Action {}

    /**
     * A user ceases to be a member.
     *
     * @param user who
     */
    record RemoveMember(UserId user) implements Action {}

    /** Says something. */
    Action SAY = new Say();
}
