package io.embedim.testkit.simulation;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.Inbound;
import io.embedim.connection.OutboundFrame;
import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Fence;
import io.embedim.conversation.Message;
import io.embedim.conversation.Once;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Refusal;
import io.embedim.model.ConnectionId;
import io.embedim.model.UserId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One connection of a model server. */
final class ModelConnection implements Inbound {

    private static final ConnectionId NOBODY = new ConnectionId("model");

    final String user;
    private final ModelServer server;
    private final Connection connection;
    private final Map<String, ModelFeed> feeds = new HashMap<>();
    private final Queue<OutboundFrame> outbox = new ArrayDeque<>();
    private final StringBuilder part = new StringBuilder();
    private final Queue<JsonNode> inbox = new ArrayDeque<>();
    private boolean writing;
    private boolean busy;
    private boolean syncing;
    private boolean closed;

    ModelConnection(ModelServer server, Connection connection, String user) {
        this.server = server;
        this.connection = connection;
        this.user = user;
    }

    void hello() {
        send(ModelFrames.data("hello")
                .put("user_id", user)
                .put("client_id", "model")
                .put("dedupe_window", server.broker.dedupeWindow().toSeconds()));
    }

    @Override
    public ConnectionId id() {
        return NOBODY;
    }

    @Override
    public void received(String text, boolean last) {
        part.append(text);
        if (!last || closed) {
            return;
        }
        JsonNode value = ModelFrames.JSON.readTree(part.toString());
        part.setLength(0);
        if (value.isArray()) {
            value.forEach(inbox::add);
        } else {
            inbox.add(value);
        }
        next();
    }

    /** One frame at a time, but for a sync, which goes on beside. */
    private void next() {
        while (!busy && !closed && !inbox.isEmpty()) {
            handle(inbox.remove());
        }
    }

    private void handle(JsonNode frame) {
        switch (frame.path("event").asString("")) {
            case "speak" -> speak(frame, Action.SAY);
            case "edit" ->
                speak(
                        frame,
                        new Action.Edit(target(frame), frame.path("base_rev").asLong(0)));
            case "recall" ->
                speak(
                        frame,
                        new Action.Recall(target(frame), frame.path("base_rev").asLong(0), false));
            case "join" -> join(frame);
            case "leave" -> leave(frame);
            case "sync" -> sync(frame);
            case "read", "recv" -> mark(frame);
            case "ping" -> send(answer(frame, "pong"));
            default -> error(400, frame, false);
        }
    }

    private static EntryRef target(JsonNode frame) {
        JsonNode target = frame.path("target");
        return new EntryRef(target.path("seq").asLong(1), target.path("mid").asString(""));
    }

    private void speak(JsonNode frame, Action action) {
        ConversationId conv = conversation(frame);
        if (conv == null) {
            error(404, frame, false);
            return;
        }
        ObjectNode words = ModelFrames.JSON.createObjectNode();
        for (String field : List.of("type", "content", "body", "mentions", "reply_to")) {
            if (frame.has(field)) {
                words.set(field, frame.get(field));
            }
        }
        Once once = new Once(frame.path("id").asString(""), action + words.toString());
        UserId sender = new UserId(user);
        busy = true;
        server.within(server.broker.find(conv, sender, once), (known, failure) -> {
            if (failure != null || known == null) {
                failed(frame);
            } else if (known.isPresent()) {
                answer(frame, conv, known.get());
            } else if (conv instanceof ConversationId.Group && server.state.membership(conv.toString(), user) == 0) {
                done(() -> error(403, frame, false));
            } else {
                Draft draft = new Draft(
                        conv,
                        null,
                        sender,
                        user,
                        true,
                        null,
                        frame.path("content").asString(""),
                        words.toString());
                long version = server.state.membership(conv.toString(), user);
                Draft said = draft.doing(action).once(once);
                append(frame, version == 0 ? said : said.fenced(new Fence(sender, version)));
            }
        });
    }

    private void append(JsonNode frame, Draft draft) {
        boolean listedFirst = server.bug != ModelBug.DIRECTORY_BEHIND_THE_APPEND;
        if (listedFirst) {
            list(draft.conversation());
        }
        server.within(server.broker.append(draft), (outcome, failure) -> {
            if (outcome == null) {
                failed(frame);
            } else {
                if (!listedFirst) {
                    list(draft.conversation());
                }
                answer(frame, draft.conversation(), outcome);
            }
        });
    }

    private void list(ConversationId conv) {
        if (conv instanceof ConversationId.Pair pair) {
            server.state.list(pair.first().value(), pair.toString(), false);
            server.state.list(pair.second().value(), pair.toString(), false);
        }
    }

    private void answer(JsonNode frame, ConversationId conv, Outcome outcome) {
        done(() -> {
            if (outcome instanceof Receipt receipt) {
                ObjectNode ack = answer(frame, "ack").put("conv", conv.toString());
                ack.setAll(ModelFrames.position(receipt.position()));
                if (receipt.duplicate()) {
                    ack.put("dup", true);
                }
                send(ack.put("ts", receipt.at().toEpochMilli()));
            } else {
                error(
                        outcome == Refusal.NO_SUCH_MESSAGE
                                ? 404
                                : outcome == Refusal.NOT_YOURS || outcome == Refusal.NOT_A_MEMBER ? 403 : 409,
                        frame,
                        false);
            }
        });
    }

    private void join(JsonNode frame) {
        ConversationId conv = conversation(frame);
        if (conv == null || syncing) {
            error(syncing ? 429 : 404, frame, syncing);
        } else if (server.state.membership(conv.toString(), user) > 0) {
            syncOne(frame, conv, frame, () -> {});
        } else {
            long version = server.state.nextMembership();
            server.state.list(user, conv.toString(), false);
            busy = true;
            server.within(
                    server.broker.append(membership(conv, new Action.AddMember(new UserId(user), version))),
                    (outcome, failure) -> done(() -> {
                        if (outcome instanceof Receipt) {
                            server.state.member(conv.toString(), user, version);
                            syncOne(frame, conv, frame, () -> {});
                        } else {
                            error(503, frame, true);
                        }
                    }));
        }
    }

    private void leave(JsonNode frame) {
        ConversationId conv = conversation(frame);
        if (conv == null) {
            error(404, frame, false);
            return;
        }
        busy = true;
        server.within(
                server.broker.append(membership(conv, new Action.RemoveMember(new UserId(user)))),
                (outcome, failure) -> done(() -> {
                    if (outcome == null) {
                        error(503, frame, true);
                    } else {
                        server.state.noMember(conv.toString(), user);
                        server.state.list(user, conv.toString(), true);
                        send(answer(frame, "left").put("conv", conv.toString()));
                    }
                }));
    }

    private Draft membership(ConversationId conv, Action action) {
        return new Draft(conv, null, new UserId(user), user, true, null, "", "").doing(action);
    }

    private void sync(JsonNode frame) {
        if (syncing) {
            error(429, frame, true);
            return;
        }
        syncing = true;
        List<JsonNode> asked = new ArrayList<>();
        frame.path("conversations").forEach(asked::add);
        syncNext(frame, new ArrayDeque<>(asked));
    }

    private void syncNext(JsonNode frame, Queue<JsonNode> asked) {
        JsonNode one = asked.poll();
        if (closed) {
            return;
        } else if (one == null) {
            syncing = false;
            send(directory(frame));
            return;
        }
        ConversationId conv = conversation(one);
        if (conv == null) {
            send(answer(frame, "sync")
                    .put("conv", one.path("conv").asString(""))
                    .put("status", "gone"));
            syncNext(frame, asked);
        } else {
            syncOne(frame, conv, one, () -> syncNext(frame, asked));
        }
    }

    private void syncOne(JsonNode frame, ConversationId conv, JsonNode from, Runnable then) {
        ModelFeed feed = feeds.computeIfAbsent(conv.toString(), key -> new ModelFeed(this, server, conv));
        feed.catchUp();
        int limit = from.path("last").asInt(ModelFeed.PAGE);
        Reading reading = from.has("last")
                ? Reading.last(conv, limit)
                : Reading.after(conv, ModelFrames.position(from.path("position")), ModelFeed.PAGE);
        boolean bounded = conv instanceof ConversationId.Group && server.bug != ModelBug.READS_FOR_EVERYBODY;
        Reading seen = bounded ? reading.asSeenBy(new UserId(user)) : reading;
        server.within(server.broker.read(seen), (slice, failure) -> {
            if (slice == null) {
                feed.detach();
                syncing = false;
                error(503, frame, true);
            } else {
                feed.answer(answer(frame, "sync"), from, slice);
                then.run();
            }
        });
    }

    private ObjectNode directory(JsonNode frame) {
        ObjectNode answer = answer(frame, "synced");
        JsonNode cursor = frame.path("directory");
        if (cursor.isObject()) {
            boolean known = cursor.path("epoch").asString("").equals(server.state.epoch);
            long from = known ? cursor.path("version").asLong(0) : 0;
            ObjectNode directory = answer.putObject("directory");
            directory.put("status", known || from == 0 ? "ok" : "reset").put("epoch", server.state.epoch);
            directory.put("version", server.state.version(user));
            ArrayNode added = directory.putArray("added");
            server.state.directory(user).forEach((conv, listed) -> {
                if (listed.version() > from) {
                    ObjectNode entry = added.addObject().put("conv", conv).put("version", listed.version());
                    if (listed.left()) {
                        entry.put("left", true);
                    }
                }
            });
        }
        return answer;
    }

    private void mark(JsonNode frame) {
        Position at = ModelFrames.position(frame.path("position"));
        String conv = frame.path("conv").asString("");
        Position stands = server.state.mark(user + " " + frame.path("event").asString("") + " " + conv, at);
        ObjectNode told = ModelFrames.data(frame.path("event").asString(""))
                .put("conv", conv)
                .put("user_id", user);
        told.set("position", ModelFrames.position(stands));
        server.liveIn(conv).stream().filter(other -> other != this).forEach(other -> other.send(told.deepCopy()));
        told.set("id", frame.path("id"));
        send(told);
    }

    private @Nullable ConversationId conversation(JsonNode frame) {
        if (frame.has("group_id")) {
            return ModelServer.conversation("g:" + frame.get("group_id").asString(), user);
        } else if (frame.has("to_user_id")) {
            return ConversationId.between(
                    new UserId(user), new UserId(frame.get("to_user_id").asString()));
        }
        return ModelServer.conversation(frame.path("conv").asString(""), user);
    }

    void heard(Message message) {
        ModelFeed feed = feeds.get(message.draft().conversation().toString());
        if (feed != null) {
            feed.heard(message);
        } else if (message.draft().conversation() instanceof ConversationId.Pair) {
            ModelFeed fresh = new ModelFeed(this, server, message.draft().conversation());
            feeds.put(message.draft().conversation().toString(), fresh);
            fresh.heard(message);
        }
    }

    boolean isLive(String conv) {
        ModelFeed feed = feeds.get(conv);
        return feed != null && feed.isLive();
    }

    ObjectNode answer(JsonNode frame, String event) {
        ObjectNode data = ModelFrames.data(event);
        if (frame.has("id")) {
            data.set("id", frame.get("id"));
        }
        return data;
    }

    private void failed(JsonNode frame) {
        boolean guesses = server.bug == ModelBug.GUESSES_THE_OUTCOME;
        done(() -> write(ModelFrames.error(guesses ? 400 : 503, "unknown", frame, !guesses, !guesses)));
    }

    private void done(Runnable last) {
        busy = false;
        last.run();
        next();
    }

    private void error(int code, JsonNode frame, boolean temporary) {
        write(ModelFrames.error(code, "no", frame, temporary, false));
    }

    void send(ObjectNode data) {
        write(ModelFrames.ok(data));
    }

    private void write(String text) {
        if (!closed) {
            outbox.add(OutboundFrame.of(text));
            flush();
        }
    }

    private void flush() {
        if (writing || outbox.isEmpty()) {
            return;
        }
        writing = true;
        List<OutboundFrame> batch = new ArrayList<>(outbox);
        outbox.clear();
        connection.write(batch, false, failure -> {
            writing = false;
            if (!closed) {
                flush();
            }
        });
    }

    void close(CloseReason reason) {
        if (!closed) {
            connection.close(reason);
            closed(reason, null);
        }
    }

    @Override
    public void receivedBinary() {}

    @Override
    public void alive() {}

    @Override
    public void closed(CloseReason reason, @Nullable Throwable failure) {
        closed = true;
        server.gone(this);
    }
}
