package io.embedim.redis;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A classic client by a socket, in one group: which messages it heard, and whose leaves. For tasks of the sockets' executor. */
final class Classic implements Sockets.Ear {

    private static final Pattern WORDS = Pattern.compile("\"content\":\"(w\\d+)\"");
    private static final Pattern SENDER = Pattern.compile("\"from_user_id\":\"?([^\",}]+)");

    final String user;
    final int group;
    final List<String> heard = new ArrayList<>();
    final Map<String, Integer> leaves = new HashMap<>();
    private final Sockets.Socket socket;
    private boolean joined;
    private boolean closed;

    Classic(String user, int group, Sockets sockets, URI uri) {
        this.user = user;
        this.group = group;
        this.socket = sockets.connect(uri, "", this);
    }

    boolean isJoined() {
        return joined;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        socket.close();
    }

    @Override
    public void opened() {
        socket.send("{\"event\":\"join\",\"mode\":2,\"group_id\":" + group + ",\"from_user_id\":\"" + user
                + "\",\"from_username\":\"" + user + "\",\"content\":\"c\"}");
    }

    @Override
    public void received(String text) {
        if (text.contains("\"event\":\"speak\"")) {
            Matcher words = WORDS.matcher(text);
            if (words.find()) {
                heard.add(words.group(1));
            }
        } else if (text.contains("\"event\":\"leave\"")) {
            Matcher sender = SENDER.matcher(text);
            if (sender.find()) {
                leaves.merge(sender.group(1), 1, Integer::sum);
            }
        } else if (text.contains("\"code\":0")) {
            joined = true;
        }
    }

    @Override
    public void closed(int code, String reason) {
        closed = true;
    }
}
