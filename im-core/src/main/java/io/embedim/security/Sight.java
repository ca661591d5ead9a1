package io.embedim.security;

/** How much of a group's conversation a client may read: what was said before as well as what comes. */
public enum Sight {
    /** Nothing: to this client the conversation does not exist. */
    NONE,
    /** As a member: from the entry that made the user one to the entry that ended that, and what comes while it is one. */
    AS_MEMBER,
    /** Everything there is. */
    ALL
}
