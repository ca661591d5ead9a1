package io.embedim.protocol;

/**
 * The texts of {@code msg}: keys of the bundle {@code texts_zh.properties} and {@code texts_en.properties}. The Chinese ones are the article's, word for
 * word, where it has them.
 */
public enum ProtocolText {
    /** What came is not strict JSON. */
    INVALID_JSON("invalid_json"),
    /** What came is JSON, but no object. */
    NOT_AN_OBJECT("not_an_object"),
    /** {@code mode} is missing. */
    MODE_REQUIRED("mode.required"),
    /** {@code mode} is neither 1 nor 2. */
    MODE_IN("mode.in"),
    /** {@code group_id} is missing. */
    GROUP_ID_REQUIRED("group_id.required"),
    /** {@code group_id} does not have the form that the server asks for, or is 0 for a group message. */
    GROUP_ID_FORM("group_id.form"),
    /** {@code from_user_id} is missing. */
    FROM_USER_ID_REQUIRED("from_user_id.required"),
    /** {@code from_user_id} is too long. */
    FROM_USER_ID_MAX("from_user_id.max"),
    /** {@code from_username} is missing. */
    FROM_USERNAME_REQUIRED("from_username.required"),
    /** {@code from_username} is too long. */
    FROM_USERNAME_MAX("from_username.max"),
    /** {@code from_avatar} is missing. */
    FROM_AVATAR_REQUIRED("from_avatar.required"),
    /** {@code content} is missing. */
    CONTENT_REQUIRED("content.required"),
    /** {@code content} is too long; takes the limit. */
    CONTENT_MAX("content.max"),
    /** {@code to_user_id} is missing in a private message. */
    TO_USER_ID_REQUIRED("to_user_id.required"),
    /** {@code to_user_id} is too long. */
    TO_USER_ID_MAX("to_user_id.max"),
    /** {@code event} is none that the server knows. */
    UNKNOWN_EVENT("unknown_event"),
    /** {@code auth} without a ticket. */
    TICKET_REQUIRED("ticket.required"),
    /** The ticket is not valid, or no longer. */
    TICKET_REFUSED("ticket_refused"),
    /** A frame came before the client has proven who it is. */
    AUTH_REQUIRED("auth_required"),
    /** {@code from_*} is somebody else than this connection belongs to. */
    NOT_YOU("not_you"),
    /** The policy does not let this user into the group. */
    JOIN_REFUSED("join_refused"),
    /** The policy does not let this user speak there. */
    SPEAK_REFUSED("speak_refused"),
    /** The user whom the frame names is banned. */
    BANNED("banned"),
    /** The user is banned from the group for now. */
    BANNED_FROM_GROUP("banned_from_group"),
    /** The user may not speak in the group for now. */
    MUTED("muted"),
    /** Only admins and owners speak in the group. */
    ANNOUNCE_ONLY("announce_only"),
    /** The user has spoken in the group too short a time ago. */
    SLOW_MODE("slow_mode"),
    /** The connection is in as many groups as it may be; takes the limit. */
    TOO_MANY_GROUPS("too_many_groups"),
    /** More frames, or more bytes, than this client may send in that time. */
    TOO_FAST("too_fast"),
    /** A backend does not answer. */
    UNAVAILABLE("unavailable"),
    /** A fault of the server. */
    INTERNAL("internal");

    private final String key;

    ProtocolText(String key) {
        this.key = key;
    }

    /**
     * The key in the bundle.
     *
     * @return the key
     */
    public String key() {
        return key;
    }
}
