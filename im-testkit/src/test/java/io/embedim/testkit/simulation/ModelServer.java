package io.embedim.testkit.simulation;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Message;
import io.embedim.conversation.Topic;
import io.embedim.conversation.TopicEvent;
import io.embedim.model.UserId;
import io.embedim.runtime.ImRuntime;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The least that serves {@code im.v2} from a log broker: what the client and the simulation are tested against, and what is broken to see that the simulation notices. */
class ModelServer implements SimulatedServer {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    final ImRuntime runtime;
    final LogBroker broker;
    final ModelState state;
    final ModelBug bug;
    private final Set<ModelConnection> connections = new LinkedHashSet<>();

    ModelServer(ImRuntime runtime, LogBroker broker, ModelState state, ModelBug bug) {
        this.bug = bug;
        this.runtime = runtime;
        this.broker = broker;
        this.state = state;
        broker.attach(this::heard);
    }

    @Override
    public Inbound open(Connection connection, Handshake handshake) {
        String user = handshake.principal().map(Principal::getName).orElse("");
        ModelConnection opened = new ModelConnection(this, connection, user);
        connections.add(opened);
        broker.subscribe(Topic.of(new UserId(user)));
        opened.hello();
        return opened;
    }

    @Override
    public void close() {
        new ArrayList<>(connections).forEach(connection -> connection.close(CloseReason.GOING_AWAY));
        broker.close();
    }

    @Override
    public void died() {
        broker.close();
    }

    @Override
    public Map<String, Long> leftovers() {
        return Map.of("connections", (long) connections.size());
    }

    void gone(ModelConnection connection) {
        if (bug == ModelBug.KEEPS_CONNECTIONS) {
            return;
        }
        connections.remove(connection);
    }

    private void heard(Topic topic, TopicEvent event) {
        if (event instanceof Message message) {
            learn(message);
            for (ModelConnection connection : new ArrayList<>(connections)) {
                if (topic instanceof Topic.OfGroup || topic.equals(Topic.of(new UserId(connection.user)))) {
                    connection.heard(message);
                }
            }
        }
    }

    /** Who belongs, by what stands in the log: it was done, although nobody may have said so. */
    void learn(Message message) {
        String conv = message.draft().conversation().toString();
        Action action = message.draft().action();
        if (action instanceof Action.RemoveMember gone) {
            state.noMember(conv, gone.user().value());
            state.list(gone.user().value(), conv, true);
        } else if (action instanceof Action.AddMember added) {
            state.member(conv, added.user().value(), added.version());
        }
    }

    /** The user's other connections and those of the others in a conversation that are live there. */
    List<ModelConnection> liveIn(String conv) {
        return connections.stream()
                .filter(connection -> connection.isLive(conv))
                .toList();
    }

    /** A pair of others, or nothing at all, is null. */
    static @Nullable ConversationId conversation(String conv, String user) {
        ConversationId found = ConversationId.parse(conv).orElse(null);
        return found instanceof ConversationId.Pair pair
                        && !pair.first().value().equals(user)
                        && !pair.second().value().equals(user)
                ? null
                : found;
    }

    /** A backend that does not answer in time has failed, with unknown outcome. */
    <T> void within(CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> then) {
        boolean[] done = {false};
        ImRuntime.Cancellable timer = runtime.schedule(
                () -> {
                    if (!done[0]) {
                        done[0] = true;
                        then.accept(null, new IllegalStateException("no answer in time"));
                    }
                },
                PATIENCE);
        stage.whenComplete((value, failure) -> {
            if (!done[0]) {
                done[0] = true;
                timer.cancel();
                then.accept(value, failure);
            }
        });
    }
}
