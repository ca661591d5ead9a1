package io.embedim.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.embedim.ImServer;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Retention;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Watermarks.Kind;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.runtime.ThreadRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/how-to/keep-messages.md shows. */
class KeepMessagesExampleTest {

    @Test
    void whatWasSaidIsReadAfterARestart(@TempDir Path directory) throws Exception {
        ConversationId conversation = ConversationId.of(new GroupId("7"));
        run(directory, broker -> broker.publish(Drafts.say(conversation, "a", "hello")));

        List<String> read = new ArrayList<>();
        run(directory, broker -> {
            read.addAll(newest(broker, new GroupId("7")));
            return CompletableFuture.completedFuture(null);
        });

        assertThat(read).containsExactly("hello");
    }

    @Test
    void whatHasNotBeenReadIsCountedFromTheMark(@TempDir Path directory) throws Exception {
        ConversationId conversation = ConversationId.between(new UserId("ann"), new UserId("bob"));
        List<Integer> unread = new ArrayList<>();

        run(directory, broker -> {
            Receipt first = broker.publish(Drafts.say(conversation, "ann", "hello"))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            broker.publish(Drafts.say(conversation, "ann", "again")).toCompletableFuture().get(10, TimeUnit.SECONDS);
            return hasRead(broker, new UserId("bob"), conversation, first.position())
                    .thenAccept(unread::add);
        });

        assertThat(unread).containsExactly(1);
    }

    // tag::unread[]
    static CompletionStage<Integer> hasRead(
            JdbcBroker broker, UserId user, ConversationId conversation, Position position) {
        return broker.watermarks()
                .advance(user, conversation, Kind.READ, position)
                .thenCompose(marks -> broker.unread(conversation, user, marks.read(), 999));
    }
    // end::unread[]

    private interface Use {
        CompletionStage<?> with(JdbcBroker broker) throws Exception;
    }

    private static void run(Path directory, Use use) throws Exception {
        // tag::open[]
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:file:" + directory.resolve("chat"));
        HikariDataSource database = new HikariDataSource(config);

        ThreadRuntime runtime = ThreadRuntime.start();
        JdbcBroker broker = JdbcBroker.builder(database, runtime)
                .retention(new Retention(100_000, Duration.ofDays(90), 256L << 20))
                .open();
        ImServer server = ImServer.builder()
                .classicProfile() // or an authenticator
                .runtime(runtime)
                .broker(broker)
                .memberships(broker.memberships()) // who belongs where outlives the process, too
                .build();
        // end::open[]
        use.with(broker).toCompletableFuture().get(10, TimeUnit.SECONDS);
        // tag::close[]
        server.close(); // and with it the broker, and the runtime
        database.close();
        // end::close[]
    }

    // tag::read[]
    static List<String> newest(JdbcBroker broker, GroupId group) throws Exception {
        // For a log with members, .asSeenBy(user) bounds it to what that member may see.
        Reading newest = Reading.last(ConversationId.of(group), 50).withBytes(1 << 20);
        Slice slice = broker.read(newest).toCompletableFuture().get(5, TimeUnit.SECONDS);
        return slice.entries().stream()
                .filter(message -> !message.recalled())
                .map(Message::draft)
                .map(draft -> draft.content())
                .toList();
    }
    // end::read[]
}
