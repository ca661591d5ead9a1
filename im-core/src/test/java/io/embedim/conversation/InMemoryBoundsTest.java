package io.embedim.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.conversation.Watermarks.Kind;
import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.UserId;
import io.embedim.runtime.ThreadRuntime;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is in memory is bounded: what does not fit fails, and what is there stays. */
class InMemoryBoundsTest {

    private static final UserId USER = new UserId("u");
    private static final UserId OTHER = new UserId("v");

    private final ThreadRuntime runtime = ThreadRuntime.start();

    @AfterEach
    void end() {
        runtime.close();
    }

    @Test
    void conversationThatDoesNotFitIntoAUsersListFails() {
        Directory directory = new InMemoryDirectory(runtime, 2, 10);
        await(directory.put(USER, group(1), true));
        await(directory.put(USER, group(2), true));

        assertFails(
                directory.put(USER, group(3), true),
                "the list of u has 2 conversations; expected at most 2 in memory; nothing was put");
        assertThat(await(directory.put(USER, group(1), false)))
                .as("a change of what is there")
                .isEqualTo(3);
        assertThat(await(directory.put(OTHER, group(3), true)))
                .as("another user's list")
                .isEqualTo(1);
        assertThat(await(directory.read(USER, "", 0, 10)).items()).hasSize(2);
    }

    @Test
    void entryThatDoesNotFitIntoTheDirectoryFails() {
        Directory directory = new InMemoryDirectory(runtime, 10, 2);
        await(directory.put(USER, group(1), true));
        await(directory.put(OTHER, group(1), true));

        assertFails(
                directory.put(OTHER, group(2), true),
                "the directory has 2 entries; expected at most 2 in memory; nothing was put");
        assertThat(await(directory.put(OTHER, group(1), true))).isEqualTo(1);
        assertThat(await(directory.read(new UserId("w"), "", 0, 10)).items())
                .as("reading makes no list")
                .isEmpty();
    }

    @Test
    void directoriesHaveDifferentEpochs() {
        Directory one = new InMemoryDirectory(runtime);
        Directory other = new InMemoryDirectory(runtime);

        String epoch = await(one.read(USER, "", 0, 1)).epoch();

        assertThat(epoch).as("96 bits in hexadecimal digits").matches("[0-9a-f]{24}");
        assertThat(await(other.read(USER, "", 0, 1)).epoch()).isNotEqualTo(epoch);
    }

    @Test
    void markThatDoesNotFitFails() {
        Watermarks watermarks = new InMemoryWatermarks(2);
        await(watermarks.advance(USER, group(1), Kind.READ, at(1)));
        await(watermarks.advance(OTHER, group(1), Kind.READ, at(1)));

        assertFails(
                watermarks.advance(USER, group(2), Kind.READ, at(1)),
                "there are 2 users with marks; expected at most 2 in memory; nothing was advanced");
        assertThat(await(watermarks.advance(USER, group(1), Kind.READ, at(5))).read())
                .isEqualTo(at(5));
        await(watermarks.forget(OTHER, group(1)));
        await(watermarks.forget(OTHER, group(1)));
        assertThat(await(watermarks.advance(USER, group(2), Kind.READ, at(1))).read())
                .as("in the place of one that was forgotten")
                .isEqualTo(at(1));
        assertFails(
                watermarks.advance(OTHER, group(1), Kind.READ, at(1)),
                "there are 2 users with marks; expected at most 2 in memory; nothing was advanced");
    }

    @Test
    void whatCannotBeAskedForIsRefused() {
        assertThatThrownBy(() -> new InMemoryDirectory(runtime).read(USER, "", -1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("version is -1, limit is 0; expected 0 or more, and 1 or more");
        assertThatThrownBy(() -> new InMemoryWatermarks().ofAll(group(1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit is 0; expected 1 or more");
        assertThatThrownBy(() -> new InMemoryBroker(runtime, LogLimits.DEFAULT).unread(Reading.last(group(1), 9), USER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("expected a position");
    }

    private static ConversationId group(int number) {
        return ConversationId.of(new GroupId("g" + number));
    }

    private static Position at(long seq) {
        return new Position("e", seq, "m" + seq);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static void assertFails(CompletionStage<?> stage, String message) {
        assertThatThrownBy(() -> stage.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(ImException.class)
                .hasMessage(message);
    }
}
