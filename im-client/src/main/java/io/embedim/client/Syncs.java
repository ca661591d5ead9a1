package io.embedim.client;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks for what is missing: one sync or join at a time (V3), in it up to a hundred conversations and the directory. */
final class Syncs {

    private static final int MOST = 100;
    private static final int PATIENCE = 3;
    private static final int FORBIDDEN = 403;

    private final Desk desk;
    private final Pages pages;
    private final Map<String, Conversation> conversations = new LinkedHashMap<>();
    private final Map<String, Join> joins = new LinkedHashMap<>();
    private @Nullable String id;
    private @Nullable Join joining;
    private long heard;
    private long notBefore;
    private long directoryDue;

    /** A group that the user wants to be in. */
    private record Join(String id, String conv, Address group) {}

    Syncs(Desk desk, Pages pages) {
        this.desk = desk;
        this.pages = pages;
        desk.store.conversations().forEach(this::want);
    }

    /** Sees to it that a conversation is synced, or will be by the answer that is awaited. */
    void want(String conv) {
        Conversation conversation = of(conv);
        conversation.gone = false;
        conversation.wanted |= !conversation.asked;
    }

    void join(String request, Address group) {
        Join join = new Join(request, group.asMeantBy(desk.user), group);
        joins.put(request, join);
        of(join.conv()).left = false;
    }

    /** Who leaves does not want to join any more. One that is out is not asked again. */
    void dropJoin(Address group) {
        String conv = group.asMeantBy(desk.user);
        joins.values().removeIf(join -> {
            boolean over = join.conv().equals(conv);
            if (over) {
                desk.tell(new ChatEvent.Nacked(join.id(), 0, "the user has left again"));
            }
            return over;
        });
    }

    void left(String conv) {
        Conversation conversation = of(conv);
        conversation.gone = true;
        conversation.live = false;
        conversation.wanted = false;
    }

    boolean isLive(String conv) {
        Conversation conversation = conversations.get(conv);
        return conversation != null && conversation.live;
    }

    void disconnected() {
        id = null;
        joining = null;
        notBefore = 0;
        directoryDue = 0;
        conversations.values().forEach(Conversation::disconnected);
    }

    void pump() {
        if (!desk.isReady() || id != null || desk.now() < notBefore) {
            return;
        }
        if (!joins.isEmpty()) {
            joining = joins.values().iterator().next();
            asked(joining.id());
            of(joining.conv()).asked = true;
            Frame frame = Frame.of("join").put("id", joining.id()).to(joining.group());
            desk.send(pages.from(of(joining.conv()), frame).json());
            return;
        }
        List<Map<String, @Nullable Object>> asks = new ArrayList<>();
        Iterator<Conversation> all = conversations.values().iterator();
        while (all.hasNext() && asks.size() < MOST) {
            Conversation one = all.next();
            if (one.wanted) {
                one.wanted = false;
                one.asked = true;
                asks.add(
                        pages.from(one, Frame.ofNothing().put("conv", one.conv)).values());
            }
        }
        boolean directory = desk.now() >= directoryDue;
        if (!asks.isEmpty() || directory) {
            asked(desk.nextRequest());
            Frame frame = Frame.of("sync").put("id", String.valueOf(id)).put("conversations", asks);
            if (directory) {
                directoryDue = desk.now() + desk.options.directoryTime().toMillis();
                DirectoryCursor cursor = desk.store.directory();
                frame.put("directory", cursor);
            }
            desk.send(frame.json());
        }
    }

    private void asked(String request) {
        id = request;
        heard = desk.now();
    }

    void answered(Fields answer) {
        if (!answer.text("id").equals(id)) {
            return;
        }
        heard = desk.now();
        Conversation conversation = of(answer.text("conv"));
        conversation.asked = false;
        pages.answered(conversation, answer);
        if (joining != null) {
            joins.remove(joining.id());
            done();
        }
    }

    void synced(Fields answer) {
        if (!answer.text("id").equals(id)) {
            return;
        }
        done();
        Fields directory = answer.object("directory");
        if (directory.has("epoch")) {
            Set<String> stored = desk.store.conversations();
            for (Fields added : directory.objects("added")) {
                if (!added.flag("left") && !stored.contains(added.text("conv"))) {
                    // Before the cursor, so that a process that ends now does not forget it.
                    desk.store.restart(added.text("conv"), Position.START);
                }
                of(added.text("conv")).gone = false;
                of(added.text("conv")).left = added.flag("left");
                if (!isLive(added.text("conv")) || added.flag("left")) {
                    want(added.text("conv"));
                }
            }
            desk.store.directory(new DirectoryCursor(directory.text("epoch"), directory.number("version")));
            if (!directory.text("status").equals("ok")) {
                directoryDue = 0;
            }
        }
    }

    /** Whether the error answers the sync or join that is out. */
    boolean failed(int code, String reason, Fields error) {
        if (!error.text("id").equals(id)) {
            return false;
        }
        boolean temporary = error.flag("temporary") || code >= 500 || error.has("retry_after");
        Join join = joining;
        if (join != null && !temporary) {
            if (joins.remove(join.id()) != null) {
                desk.tell(new ChatEvent.Nacked(join.id(), code, reason));
            }
        } else if (!temporary) {
            desk.tell(new ChatEvent.Fault(code, reason, null));
        }
        done();
        directoryDue = 0;
        notBefore =
                temporary ? desk.after(error) : join != null ? 0 : code == FORBIDDEN ? Link.NEVER : desk.now() + 10_000;
        return true;
    }

    /** What was asked and not answered is asked again. */
    private void done() {
        id = null;
        Join join = joining;
        joining = null;
        for (Conversation one : conversations.values()) {
            boolean ofJoin = join != null && one.conv.equals(join.conv()) && !one.live;
            one.wanted |= one.asked && !ofJoin;
            one.asked = false;
        }
    }

    /** Whether the server has ceased to answer a sync. */
    boolean isStuck() {
        return id != null && desk.now() >= stuckAt();
    }

    private long stuckAt() {
        return heard + desk.options.answerTime().toMillis() * PATIENCE;
    }

    long wakeAt() {
        if (!desk.isReady()) {
            return Link.NEVER;
        } else if (id != null) {
            return stuckAt();
        }
        boolean wanted = !joins.isEmpty() || conversations.values().stream().anyMatch(one -> one.wanted);
        return Math.max(notBefore, wanted ? 0 : directoryDue);
    }

    private Conversation of(String conv) {
        return conversations.computeIfAbsent(conv, Conversation::new);
    }
}
