package io.embedim.bench;

import io.embedim.ImServer;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import java.util.ArrayList;
import java.util.List;

/** A server with many groups of one size, each member a connection and a user of its own, and one pipe for all of them. For one thread. */
final class Crowd {

    private final BenchRuntime runtime = new BenchRuntime();
    private final TakingConnection pipe = new TakingConnection();
    private final Handshake handshake = Handshake.at("/im").build();
    private final ImServer server =
            ImServer.builder().classicProfile().runtime(runtime).build();
    private final List<Inbound> speakers = new ArrayList<>();
    private final List<String> frames = new ArrayList<>();
    private final int groups;
    private int turn;

    /**
     * Opens, binds and joins all of them.
     *
     * @throws IllegalStateException where a message does not reach each member of a group once
     */
    Crowd(int groups, int size) {
        this.groups = groups;
        for (int group = 1; group <= groups; group++) {
            for (int member = 0; member < size; member++) {
                Inbound inbound = open("u" + group + "-" + member, group);
                if (member == 0) {
                    speakers.add(inbound);
                }
            }
            frames.add(Frames.speakGroup().replace("\"group_id\":100", "\"group_id\":" + group));
        }
        runtime.runAll();
        long before = pipe.frames();
        speak(0);
        if (pipe.frames() - before != size) {
            throw new IllegalStateException(
                    "a message reached " + (pipe.frames() - before) + " members; expected " + size);
        }
    }

    /** One message to the same group as before. */
    long speakToFirst() {
        return speak(0);
    }

    /** One message to another group each time, far from the one before. */
    long speakInTurn() {
        turn = (turn + 7919) % groups; // A prime: all have their turn.
        return speak(turn);
    }

    private long speak(int group) {
        speakers.get(group).received(frames.get(group), true);
        runtime.runAll();
        return pipe.frames();
    }

    private Inbound open(String user, int group) {
        Inbound inbound = server.open(pipe, handshake);
        inbound.received(Frames.join(user, "member"), true);
        inbound.received(Frames.joinGroup(user, "member").replace("\"group_id\":100", "\"group_id\":" + group), true);
        runtime.runAll();
        return inbound;
    }
}
