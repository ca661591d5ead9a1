package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Message;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Topic;
import io.embedim.model.GroupId;
import io.embedim.runtime.ThreadRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** A node with a listener that keeps what it hears of one group. */
final class Hearing implements AutoCloseable {

    static final ConversationId GROUP = Drafts.group("g");
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final RedisBackend redis;
    final List<Message> heard = new CopyOnWriteArrayList<>();
    private final Map<Topic, List<String>> others = new ConcurrentHashMap<>();
    private final ThreadRuntime runtime = ThreadRuntime.start();

    Hearing(String uri, UnaryOperator<RedisBackendBuilder> settings) {
        redis = settings.apply(RedisBackend.builder(uri, runtime)).open();
        redis.broker().attach((topic, event) -> hear(topic, (Message) event));
        await(redis.broker().subscribe(Topic.of(new GroupId("g"))));
    }

    private void hear(Topic topic, Message message) {
        List<String> other = others.get(topic);
        if (other == null) {
            heard.add(message);
        } else {
            other.add(message.draft().content());
        }
    }

    /** What is said in another group goes here. */
    void alsoHears(String group, List<String> contents) {
        others.put(Topic.of(new GroupId(group)), contents);
        await(redis.broker().subscribe(Topic.of(new GroupId(group))));
    }

    static Draft words(String content) {
        return Drafts.sayOnce(GROUP, "a", content, "id of " + content);
    }

    Receipt say(String content) {
        Outcome outcome = await(redis.broker().append(words(content)));
        assertThat(outcome).isInstanceOf(Receipt.class);
        return (Receipt) outcome;
    }

    List<String> contents() {
        return heard.stream().map(message -> message.draft().content()).toList();
    }

    void hears(String... contents) {
        Awaitility.await("messages heard")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(contents()).containsExactly(contents));
    }

    void isReadyAgain() {
        Awaitility.await("the probe")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> failure(redis.broker().probe()).isEmpty());
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** What a stage fails with, or an empty text. */
    static String failure(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return "";
        } catch (ExecutionException e) {
            return String.valueOf(
                    Failures.cause(Objects.requireNonNull(e.getCause())).getMessage());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        redis.close();
        runtime.close();
    }
}
