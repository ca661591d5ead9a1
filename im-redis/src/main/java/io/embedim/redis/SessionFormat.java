package io.embedim.redis;

import io.embedim.cluster.NodeId;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.protocol.Sender;
import io.embedim.session.Session;
import io.embedim.session.SharedSessionStore.Reaped;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A session, and who its client says it is, as bytes. Part of the format between nodes: values may be added at the end, nothing else. */
final class SessionFormat {

    private static final int VERSION = 1;

    private SessionFormat() {}

    static byte[] write(Session session, @Nullable Sender sender) {
        ByteWriter out = new ByteWriter().number(VERSION);
        UserId user = session.user();
        out.text(session.id().value())
                .text(session.node().value())
                .text(user == null ? null : user.value())
                .time(session.openedAt());
        out.number(session.groups().size());
        session.groups().forEach(group -> out.text(group.value()));
        out.number(session.attributes().size());
        session.attributes().forEach((name, value) -> out.text(name).text(value));
        out.flag(sender != null);
        if (sender != null) {
            out.text(sender.user().value())
                    .flag(sender.userIsNumber())
                    .text(sender.name())
                    .flag(sender.nameIsNumber())
                    .text(sender.avatar());
        }
        return out.bytes();
    }

    static Session session(Object bytes) {
        return read(bytes).session();
    }

    static Reaped read(Object bytes) {
        ByteReader in = new ByteReader((byte[]) bytes, 0);
        in.number();
        ConnectionId id = new ConnectionId(in.text());
        NodeId node = new NodeId(in.text());
        String user = in.textOrNull();
        Instant opened = in.time();
        Set<GroupId> groups = new HashSet<>();
        for (long left = in.number(); left > 0; left--) {
            groups.add(new GroupId(in.text()));
        }
        Map<String, String> attributes = new HashMap<>();
        for (long left = in.number(); left > 0; left--) {
            String name = in.text();
            attributes.put(name, in.text());
        }
        Sender sender =
                in.flag() ? new Sender(new UserId(in.text()), in.flag(), in.text(), in.flag(), in.textOrNull()) : null;
        Session session = new Session(
                id,
                node,
                user == null ? null : new UserId(user),
                groups,
                attributes,
                opened == null ? Instant.EPOCH : opened);
        return new Reaped(session, sender);
    }
}
