package io.embedim.testkit.simulation;

import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What one connection gets of one conversation: detached, catching up or live (P2). */
final class ModelFeed {

    static final int PAGE = 5;

    private final ModelConnection connection;
    private final ModelServer server;
    private final ConversationId conv;
    private final List<Message> heard = new ArrayList<>();
    private boolean catchingUp;
    private @Nullable Position live;
    private boolean waits;
    private @Nullable Position news;

    ModelFeed(ModelConnection connection, ModelServer server, ConversationId conv) {
        this.connection = connection;
        this.server = server;
        this.conv = conv;
        if (conv instanceof ConversationId.Group group) {
            server.broker.subscribe(Topic.of(group.group()));
        }
    }

    boolean isLive() {
        return live != null;
    }

    void catchUp() {
        live = null;
        catchingUp = true;
        heard.clear();
    }

    void detach() {
        live = null;
        catchingUp = false;
    }

    void answer(ObjectNode answer, JsonNode asked, Slice slice) {
        catchingUp = false;
        List<Message> page = slice.entries();
        page.forEach(server::learn);
        Position end = page.isEmpty() ? slice.top() : page.get(page.size() - 1).position();
        boolean last = asked.has("last") && slice.status() == Slice.Status.MORE;
        boolean complete = (server.bug == ModelBug.LIVE_TOO_EARLY && slice.status() == Slice.Status.MORE)
                || last
                || slice.status() == Slice.Status.OK
                || end.seq() == slice.top().seq();
        boolean silent = server.bug == ModelBug.SILENT_TRIM && slice.status() == Slice.Status.TRIMMED;
        String status = last || (complete && slice.status() == Slice.Status.MORE) || silent
                ? "ok"
                : slice.status().name().toLowerCase(java.util.Locale.ROOT);
        answer.put("conv", conv.toString()).put("status", status);
        if (slice.status() == Slice.Status.GONE) {
            connection.send(answer);
            return;
        }
        answer.set("top", ModelFrames.position(slice.top()));
        answer.put("floor", slice.floor()).put("floor_prev", slice.floorPrev());
        ArrayNode messages = answer.putArray("messages");
        page.forEach(message -> messages.add(ModelFrames.entry(message)));
        if (status.equals("trimmed") && !complete) {
            answer.put("more", true);
        }
        connection.send(answer);
        if (slice.status() != Slice.Status.RESET && complete && !left()) {
            live = end;
            if (server.bug == ModelBug.LIVE_TOO_LATE) {
                live = heard.isEmpty() ? end : heard.get(heard.size() - 1).position();
            }
            List.copyOf(heard).forEach(this::heard);
        }
        heard.clear();
    }

    private boolean left() {
        return conv instanceof ConversationId.Group && server.state.membership(conv.toString(), connection.user) == 0;
    }

    void heard(Message message) {
        Position last = live;
        Position at = message.position();
        if (catchingUp && server.bug == ModelBug.LIVE_WHILE_CATCHING_UP) {
            connection.send(ModelFrames.entry(message));
        } else if (catchingUp) {
            heard.add(message);
        } else if (last == null) {
            if (conv instanceof ConversationId.Pair && server.bug != ModelBug.LOST_CHANGED) {
                changed(at);
            }
        } else if (at.seq() == last.seq() + 1
                && (message.prev().equals(last.mid()) || server.bug == ModelBug.NO_PREV_CHECK)
                && (at.epoch().equals(last.epoch()) || last.seq() == 0)) {
            live = at;
            connection.send(ModelFrames.entry(message));
            if (message.draft().action() instanceof Action.RemoveMember gone
                    && gone.user().value().equals(connection.user)) {
                detach();
            }
        } else if (at.seq() > last.seq() || !at.epoch().equals(last.epoch())) {
            detach();
            changed(at);
        }
    }

    /** At most once a second. */
    private void changed(Position top) {
        news = top;
        if (!waits) {
            waits = true;
            tell();
            server.runtime.schedule(
                    () -> {
                        waits = false;
                        if (news != null && live == null) {
                            changed(news);
                        }
                    },
                    Duration.ofSeconds(1));
        }
    }

    private void tell() {
        ObjectNode changed = ModelFrames.data("changed").put("conv", conv.toString());
        if (news != null) {
            changed.set("top", ModelFrames.position(news));
        }
        news = null;
        connection.send(changed);
    }
}
