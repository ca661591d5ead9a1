package io.embedim.bench;

/** What the clients of the benchmarks say: the article's examples. */
final class Frames {

    /** Chinese text, as in the article; Java keeps it in two bytes a char. */
    static final String CHINESE = "chinese";

    /** The same in letters that Java keeps in one byte a char. */
    static final String LATIN = "latin";

    private Frames() {}

    static String join(String user, String name) {
        return "{\"event\":\"join\",\"mode\":1,\"group_id\":0,\"from_user_id\":\"" + user + "\",\"from_username\":\""
                + name + "\",\"content\":\"hello\"}";
    }

    static String joinGroup(String user, String name) {
        return "{\"event\":\"join\",\"mode\":2,\"group_id\":100,\"from_user_id\":\"" + user + "\",\"from_username\":\""
                + name + "\",\"content\":\"hello\"}";
    }

    /** A private message from 10086 to 10000. */
    static String speak(String text) {
        return text.equals(CHINESE)
                ? "{\"event\":\"speak\",\"mode\":1,\"group_id\":0,\"from_user_id\":\"10086\",\"from_username\":\"阿克苏\",\"to_user_id\":\"10000\",\"content\":\"Hi, 我是阿克苏\"}"
                : "{\"event\":\"speak\",\"mode\":1,\"group_id\":0,\"from_user_id\":\"10086\",\"from_username\":\"Aksu\",\"to_user_id\":\"10000\",\"content\":\"Hi, this is Aksu\"}";
    }

    /** A message from 10086 to group 100. */
    static String speakGroup() {
        return "{\"event\":\"speak\",\"mode\":2,\"group_id\":100,\"from_user_id\":\"10086\",\"from_username\":\"阿克苏\",\"to_user_id\":\"10000\",\"content\":\"【群组消息】:我是阿克苏\"}";
    }
}
