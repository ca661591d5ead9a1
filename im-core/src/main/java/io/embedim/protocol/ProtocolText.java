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
    /** An array in {@code im.v2} has no object, or too many. */
    FRAMES_COUNT("frames.count"),
    /** {@code id} is no text, empty or too long. */
    ID_FORM("id.form"),
    /** {@code id} is missing where it is required, or could not be a random one. */
    ID_RANDOM("id.random"),
    /** A conversation is named in no way, or in several. */
    CONVERSATION_ONE("conversation.one"),
    /** {@code mode} says something else than the conversation. */
    MODE_FITS("mode.fits"),
    /** {@code type} is none that the protocol has. */
    TYPE_IN("type.in"),
    /** {@code content} of a message in {@code im.v2} is too long; takes the limit. */
    TEXT_MAX("text.max"),
    /** {@code body} is missing, or no object. */
    BODY_REQUIRED("body.required"),
    /** {@code body.url} is missing, or none that clients may be given. */
    BODY_URL("body.url"),
    /** A field of {@code body} has a value that it may not have. */
    BODY_FIELDS("body.fields"),
    /** {@code body} of a location names no place. */
    BODY_PLACE("body.place"),
    /** {@code mentions} is no list of user ids, or too long. */
    MENTIONS_FORM("mentions.form"),
    /** {@code reply_to} names no entry. */
    REPLY_TO_FORM("reply_to.form"),
    /** {@code ext} is no object, or has a field that the frame has too. */
    EXT_FORM("ext.form"),
    /** {@code target} is missing, or names no entry. */
    TARGET_FORM("target.form"),
    /** {@code base_rev} is missing, or no revision. */
    BASE_REV_FORM("base_rev.form"),
    /** {@code position} is missing where it is required, or is none. */
    POSITION_FORM("position.form"),
    /** Where to begin is not said, or said twice. */
    START_FORM("start.form"),
    /** {@code conversations} is no list of objects, or too long. */
    CONVERSATIONS_FORM("conversations.form"),
    /** {@code directory} is no cursor. */
    DIRECTORY_FORM("directory.form"),
    /** It is not said which older entries are wanted. */
    BEFORE_FORM("before.form"),
    /** {@code users} is missing, no list of user ids, or too long. */
    USERS_FORM("users.form"),
    /** {@code watch} is neither true nor false. */
    WATCH_FORM("watch.form"),
    /** {@code cursor} is no text. */
    CURSOR_FORM("cursor.form"),
    /** There is no such thing, or it is not the sender's to know of. */
    NOT_FOUND("not_found"),
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
    /** Who is only claimed to be somebody reads no history. */
    HISTORY_REFUSED("history_refused"),
    /** The {@code id} was used for something else. */
    ID_TAKEN("id_taken"),
    /** The message has been changed or taken back meanwhile. */
    REVISION_CHANGED("revision_changed"),
    /** A position is not of this conversation's log. */
    POSITION_UNKNOWN("position_unknown"),
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
    /** The user has begun as many private conversations as it may for now. */
    TOO_MANY_PAIRS("too_many_pairs"),
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
