package io.embedim.client;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a conversation's log. Immutable.
 *
 * @param kind what it is
 * @param conv its conversation, as the server names it
 * @param position where it stands
 * @param prev the mid of the entry before it, empty at 1
 * @param at when it was appended, in milliseconds since 1970 by the server's clock
 * @param id which action of the sender's it is, empty where a classic client or the application spoke
 * @param sender who did it
 * @param senderName how the sender is shown, empty for entries of membership
 * @param verified whether the sender was proven, and not only claimed
 * @param revision how often a message has been changed; of an edit or recall, the revision that it gives its target
 * @param recalled whether the words have been taken back
 * @param target what an edit or recall changes, null for others
 * @param content what was said; {@link Content#NONE} where there is nothing
 * @param member who came or went, empty unless it is about membership
 */
public record Entry(
        Kind kind,
        String conv,
        Position position,
        String prev,
        long at,
        String id,
        String sender,
        String senderName,
        boolean verified,
        long revision,
        boolean recalled,
        @Nullable EntryRef target,
        Content content,
        String member) {

    /** What an entry is. */
    public enum Kind {
        /** Something was said. */
        MESSAGE,
        /** Other words take the place of something that was said. */
        EDIT,
        /** Something that was said is taken back. */
        RECALL,
        /** A user became a member. */
        MEMBER_ADDED,
        /** A user ceased to be a member. */
        MEMBER_REMOVED,
        /** Something that this client does not know; it has its place and is not shown. */
        OTHER;

        static Kind of(String event) {
            return switch (event) {
                case "message" -> MESSAGE;
                case "edit" -> EDIT;
                case "recall" -> RECALL;
                case "member_added" -> MEMBER_ADDED;
                case "member_removed" -> MEMBER_REMOVED;
                default -> OTHER;
            };
        }
    }

    /**
     * Its name in the log.
     *
     * @return seq and mid
     */
    public EntryRef ref() {
        return new EntryRef(position.seq(), position.mid());
    }

    @Override
    public String toString() {
        return "Entry[" + kind + " " + conv + " " + position.seq() + "]";
    }

    /** The same message with what an edit or a recall makes of it. */
    Entry changedBy(Entry change) {
        boolean takenBack = recalled || change.kind == Kind.RECALL;
        return with(change.revision, takenBack, takenBack ? Content.NONE : change.content);
    }

    /** The same edit, of something that has been taken back. */
    Entry withoutWords() {
        return with(revision, true, Content.NONE);
    }

    private Entry with(long newRevision, boolean isRecalled, Content newContent) {
        return new Entry(
                kind,
                conv,
                position,
                prev,
                at,
                id,
                sender,
                senderName,
                verified,
                newRevision,
                isRecalled,
                target,
                newContent,
                member);
    }

    /** Reads an entry; those of a page may leave out what the answer says already. */
    static Entry read(Fields fields, String conv) {
        boolean recalled = fields.flag("recalled");
        return new Entry(
                Kind.of(fields.text("event")),
                conv,
                fields.position(),
                fields.text("prev"),
                fields.number("ts"),
                fields.text("id"),
                fields.text("from_user_id"),
                fields.text("from_username"),
                fields.flag("verified"),
                fields.number("rev"),
                recalled,
                fields.ref("target"),
                recalled ? Content.NONE : Content.read(fields),
                fields.text("user_id"));
    }
}
