package io.embedim.testkit.simulation;

import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.Node;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Receipt;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Servers that are wrong in one thing each: on a backend that is, or by what they send. */
final class WrongServers {

    private WrongServers() {}

    /** A server that says something else than it should. */
    record Sends(String event, Consumer<ObjectNode> change) implements Distortion {

        @Override
        public List<String> sent(Object connection, String text) {
            JsonNode frames = ModelFrames.JSON.readTree(text);
            Iterable<JsonNode> all = frames.isArray() ? frames : List.of(frames);
            for (JsonNode frame : all) {
                if (frame.path("data").path("event").asString("").equals(event)) {
                    change.accept((ObjectNode) frame.get("data"));
                }
            }
            return List.of(frames.toString());
        }
    }

    /** A server that tells everybody who types. */
    static final class TellsEverybodyWhoTypes implements Distortion {

        private static final String TYPING =
                "{\"code\":0,\"msg\":\"\",\"data\":{\"event\":\"typing\",\"conv\":\"g:2\",\"user_id\":\"u9\"}}";

        private final Set<Object> told = new HashSet<>();

        @Override
        public List<String> sent(Object connection, String text) {
            List<String> sent = new ArrayList<>(List.of(text));
            if (told.add(connection)) {
                sent.add(TYPING);
            }
            return sent;
        }
    }

    /** All are there, or nobody is. */
    static Sends online(boolean online) {
        return new Sends(
                "presence", data -> data.path("users").forEach(user -> ((ObjectNode) user).put("online", online)));
    }

    static Sends forgetsAMember() {
        return new Sends("members", data -> {
            ArrayNode members = (ArrayNode) data.get("members");
            members.remove(members.size() - 1);
        });
    }

    static Sends countsOneTooMany() {
        return new Sends("sync", data -> {
            if (data.has("unread")) {
                data.put("unread", data.path("unread").asInt(0) + 1);
            }
        });
    }

    static Sends forgetsMarks() {
        return new Sends("sync", data -> {
            if (data.has("read")) {
                ((ObjectNode) data.get("read")).put("epoch", "").put("seq", 0).put("mid", "");
            }
        });
    }

    /** Goes on under its old id when it has lost its lease. */
    static final class ReusesBootIds extends InMemoryBackend {

        ReusesBootIds(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        ClusterMembership member(NodeId process) {
            ClusterMembership correct = super.member(process);
            return new ClusterMembership() {
                @Override
                public NodeId self() {
                    return process;
                }

                @Override
                public CompletionStage<Boolean> renew() {
                    return correct.renew();
                }

                @Override
                public CompletionStage<List<Node>> liveNodes() {
                    return correct.liveNodes();
                }

                @Override
                public CompletionStage<Boolean> claim(NodeId dead) {
                    return correct.claim(dead);
                }

                @Override
                public Duration heartbeat() {
                    return correct.heartbeat();
                }

                @Override
                public CompletionStage<NodeId> rejoin() {
                    return correct.rejoin();
                }

                @Override
                public CompletionStage<List<NodeId>> deadNodes() {
                    return correct.deadNodes();
                }
            };
        }
    }

    /** Its log does not compare what stands at a position with what the client has there. */
    static final class ComparesNoAnchor extends InMemoryBackend {

        ComparesNoAnchor(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public LogBroker node(ImRuntime process) {
            return new WrongBrokers.ComparesNoAnchor(super.node(process));
        }
    }

    /** What it knows of actions outlives the tail of a log. */
    static final class HonoursLostActions extends InMemoryBackend {

        private final Map<String, Receipt> receipts = new HashMap<>();

        HonoursLostActions(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public LogBroker node(ImRuntime process) {
            return new WrongBrokers.HonoursLostActions(super.node(process), receipts);
        }
    }

    /** Its log does not take that somebody has gone. */
    static final class ForgetsLeaves extends InMemoryBackend {

        ForgetsLeaves(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public LogBroker node(ImRuntime process) {
            return new WrongBrokers.ForgetsLeaves(super.node(process));
        }
    }
}
