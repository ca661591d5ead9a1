package io.embedim.examples;

/** Classic frames as clients write them. */
public final class Frames {

    private Frames() {}

    public static String joinAs(String user, String name) {
        return frame("join", 1, "0", user, name, "\"content\":\"加入会话\"");
    }

    public static String joinGroup(String group, String user, String name) {
        return frame("join", 2, group, user, name, "\"content\":\"加入会话\"");
    }

    public static String speakTo(String to, String user, String name, String content) {
        return frame("speak", 1, "0", user, name, "\"to_user_id\":\"" + to + "\",\"content\":\"" + content + "\"");
    }

    public static String speakIn(String group, String user, String name, String content) {
        return frame("speak", 2, group, user, name, "\"content\":\"" + content + "\"");
    }

    private static String frame(String event, int mode, String group, String user, String name, String rest) {
        return "{\"event\":\"%s\",\"mode\":%d,\"group_id\":%s,\"from_user_id\":\"%s\",\"from_username\":\"%s\",\"from_avatar\":\"default.png\",%s}"
                .formatted(event, mode, group, user, name, rest);
    }
}
