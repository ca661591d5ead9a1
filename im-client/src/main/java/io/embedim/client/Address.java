package io.embedim.client;

/**
 * Which conversation somebody means: a group, the one with another user, or one by the name that the server gave it.
 *
 * @param kind which of the three
 * @param name the group's id, the user's id, or the conversation's name
 */
public record Address(Kind kind, String name) {

    /** How a frame names a conversation. */
    public enum Kind {
        /** By the group's id. */
        GROUP("group_id"),
        /** By the other user's id. */
        USER("to_user_id"),
        /** As the server wrote it once. */
        CONVERSATION("conv");

        private final String field;

        Kind(String field) {
            this.field = field;
        }
    }

    /**
     * Checks that there is a name.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public Address {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the name of a " + kind + " is empty; expected an id");
        }
    }

    /**
     * A group's conversation.
     *
     * @param id the group's id
     * @return its address
     */
    public static Address group(String id) {
        return new Address(Kind.GROUP, id);
    }

    /**
     * The conversation with another user.
     *
     * @param id the other user's id
     * @return its address
     */
    public static Address user(String id) {
        return new Address(Kind.USER, id);
    }

    /**
     * A conversation that an event named.
     *
     * @param conv its name, as {@link Entry#conv()} has it
     * @return its address
     */
    public static Address of(String conv) {
        return new Address(Kind.CONVERSATION, conv);
    }

    /**
     * The conversation's name as the server writes it.
     *
     * @param me the user who means it
     * @return {@code g:<group>}, or {@code p:<length of the first>:<first>:<second>} with both users in order
     */
    public String asMeantBy(String me) {
        if (kind == Kind.GROUP) {
            return "g:" + name;
        } else if (kind == Kind.CONVERSATION) {
            return name;
        }
        boolean inOrder = me.compareTo(name) <= 0;
        String first = inOrder ? me : name;
        return "p:" + first.length() + ":" + first + ":" + (inOrder ? name : me);
    }

    /** The field of a frame that says so. */
    String field() {
        return kind.field;
    }
}
