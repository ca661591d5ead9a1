package io.embedim.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.LocalTopics;
import io.embedim.conversation.Message;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Slice;
import io.embedim.conversation.TopicEvent;
import io.embedim.runtime.ThreadRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/** A broker under test with a listener that keeps what it hears. */
final class Node implements AutoCloseable {

    static final ConversationId GROUP = Drafts.group("g");

    final ThreadRuntime runtime = ThreadRuntime.start();
    final List<TopicEvent> heard = new CopyOnWriteArrayList<>();
    final JdbcBroker broker;

    Node(DataSource source, UnaryOperator<JdbcBrokerBuilder> settings) {
        try {
            broker = settings.apply(JdbcBroker.builder(source, runtime).lease(Duration.ofSeconds(2)))
                    .open();
        } catch (RuntimeException e) {
            runtime.close();
            throw e;
        }
        broker.attach((topic, event) -> heard.add(event));
        LocalTopics.audience(GROUP).forEach(topic -> await(broker.subscribe(topic)));
    }

    static Node on(DataSource source) {
        return new Node(source, settings -> settings);
    }

    Outcome append(Draft draft) {
        return await(broker.append(draft));
    }

    Receipt say(String content) {
        return await(broker.publish(Drafts.say(GROUP, "a", content)));
    }

    CompletableFuture<Receipt> begin(String content) {
        return broker.publish(Drafts.sayOnce(GROUP, "a", content, "id of " + content))
                .toCompletableFuture();
    }

    Slice readAll() {
        return await(broker.read(Reading.after(GROUP, Position.START, 100_000)));
    }

    List<String> log() {
        return contents(readAll().entries());
    }

    List<Message> messages() {
        return heard.stream()
                .filter(Message.class::isInstance)
                .map(Message.class::cast)
                .toList();
    }

    static List<String> contents(List<Message> messages) {
        return messages.stream().map(message -> message.draft().content()).toList();
    }

    /** That all of the log was delivered, once and in its order. */
    void assertHeardAsLogged() {
        List<Message> log = readAll().entries();
        Awaitility.await().untilAsserted(() -> assertThat(messages()).hasSameSizeAs(log));
        assertThat(messages()).as("what was delivered and what the log has").isEqualTo(log);
        for (int i = 0; i < log.size(); i++) {
            assertThat(log.get(i).position().seq()).isEqualTo(i + 1);
        }
    }

    /** That it works again by itself. */
    void awaitRecovery() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(failure(broker.probe())).isEmpty());
    }

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** The message of a stage's failure, empty where it does not fail. */
    static String failure(CompletionStage<?> stage) {
        try {
            await(stage);
            return "";
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
        }
    }

    @Override
    public void close() {
        broker.close();
        runtime.close();
    }
}
