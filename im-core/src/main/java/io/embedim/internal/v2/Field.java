package io.embedim.internal.v2;

/** The fields that the server looks at, a bit for each. */
final class Field {

    static final int EVENT = 1;
    static final int ID = 1 << 1;
    static final int CONV = 1 << 2;
    static final int GROUP_ID = 1 << 3;
    static final int TO_USER_ID = 1 << 4;
    static final int MODE = 1 << 5;
    static final int FROM_USER_ID = 1 << 6;
    static final int FROM_USERNAME = 1 << 7;
    static final int FROM_AVATAR = 1 << 8;
    static final int TYPE = 1 << 9;
    static final int CONTENT = 1 << 10;
    static final int BODY = 1 << 11;
    static final int MENTIONS = 1 << 12;
    static final int REPLY_TO = 1 << 13;
    static final int TARGET = 1 << 14;
    static final int BASE_REV = 1 << 15;
    static final int POSITION = 1 << 16;
    static final int LAST = 1 << 17;
    static final int CONVERSATIONS = 1 << 18;
    static final int DIRECTORY = 1 << 19;
    static final int EPOCH = 1 << 20;
    static final int BEFORE = 1 << 21;
    static final int LIMIT = 1 << 22;
    static final int USERS = 1 << 23;
    static final int CURSOR = 1 << 24;
    static final int TICKET = 1 << 25;
    static final int EXT = 1 << 26;
    static final int WATCH = 1 << 27;

    static final int ADDRESS = CONV | GROUP_ID | TO_USER_ID | MODE;
    static final int WORDS = TYPE | CONTENT | BODY | MENTIONS | REPLY_TO;
    static final int CHANGE = TARGET | BASE_REV;
    static final int START = POSITION | LAST;

    private Field() {}

    /** The field of that name, or 0 where the server looks at none. */
    static int named(String name) {
        return switch (name) {
            case "event" -> EVENT;
            case "id" -> ID;
            case "conv" -> CONV;
            case "group_id" -> GROUP_ID;
            case "to_user_id" -> TO_USER_ID;
            case "mode" -> MODE;
            case "from_user_id" -> FROM_USER_ID;
            case "from_username" -> FROM_USERNAME;
            case "from_avatar" -> FROM_AVATAR;
            case "type" -> TYPE;
            case "content" -> CONTENT;
            case "body" -> BODY;
            case "mentions" -> MENTIONS;
            case "reply_to" -> REPLY_TO;
            case "target" -> TARGET;
            case "base_rev" -> BASE_REV;
            case "position" -> POSITION;
            case "last" -> LAST;
            case "conversations" -> CONVERSATIONS;
            case "directory" -> DIRECTORY;
            case "epoch" -> EPOCH;
            case "before" -> BEFORE;
            case "limit" -> LIMIT;
            case "users" -> USERS;
            case "cursor" -> CURSOR;
            case "ticket" -> TICKET;
            case "ext" -> EXT;
            case "watch" -> WATCH;
            default -> 0;
        };
    }
}
