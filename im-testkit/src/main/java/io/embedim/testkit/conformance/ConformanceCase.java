package io.embedim.testkit.conformance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One recorded case: what clients do, and what each of them must get, and nothing else.
 *
 * @param name a short name
 * @param about what the case shows
 * @param requireAvatar whether the server under test must demand {@code from_avatar}
 * @param steps what clients do, in order
 * @param expected what each client gets, in order
 * @param differs the row of "Where we differ" in docs/protocol.md, where the original behaved otherwise
 */
public record ConformanceCase(
        String name,
        String about,
        boolean requireAvatar,
        List<Step> steps,
        Map<String, List<Expected>> expected,
        Optional<String> differs) {

    /** Copies the lists. */
    public ConformanceCase {
        steps = List.copyOf(steps);
        expected = Map.copyOf(expected);
    }

    /**
     * Plays the case against a server, which must run the classic profile with {@code from_avatar} required or not as {@link #requireAvatar()} says.
     *
     * <p>Waits after each step until all that it must cause has come, and at the end for an answer to a ping on every open connection, behind which nothing else can be
     * under way; never for a fixed time.
     *
     * @param transport the way to the server; its clients are closed at the end
     * @throws AssertionError naming the case, the step, what was expected and what came
     */
    public void replay(ConformanceTransport transport) {
        new Replay(this, transport).run();
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }

    /** What a client does. */
    public enum Action {
        /** Connects. */
        OPEN,
        /** Sends a text message. */
        SEND,
        /** Closes normally. */
        CLOSE
    }

    /**
     * One step.
     *
     * @param client who
     * @param action what
     * @param text the message for {@link Action#SEND}, else empty
     */
    public record Step(String client, Action action, String text) {}

    /**
     * Something that a client gets.
     *
     * @param after the index of the step that causes it
     * @param frame the frame, or null for the end of the connection
     */
    public record Expected(int after, @Nullable JsonNode frame) {}
}
