package io.embedim.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Message;
import io.embedim.conversation.Retention;
import io.embedim.conversation.Topic;
import io.embedim.model.GroupId;
import io.embedim.testkit.contract.LogBrokerContract;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The contract, for a broker that waits for a database with each message: its longest chain of answers is shorter. */
interface DatabaseContract extends LogBrokerContract {

    /** Longer than any stack would bear, if answers were given inside each other. */
    int CHAIN = 1_500;

    /** B6. */
    @Test
    @Override
    default void listenersThatAnswerEachOtherDoNotOverflowTheStack() {
        try (LogBroker broker = newLogBroker(Retention.DEFAULT)) {
            GroupId group = new GroupId("chain");
            CompletableFuture<Integer> end = new CompletableFuture<>();
            broker.attach((topic, event) -> {
                int left = Integer.parseInt(((Message) event).draft().content());
                if (left == 0) {
                    end.complete(new Throwable().getStackTrace().length);
                } else {
                    CompletionStage<?> unused = broker.publish(numbered(group, left - 1));
                }
            });
            broker.subscribe(Topic.of(group)).toCompletableFuture().join();

            broker.publish(numbered(group, CHAIN));

            assertThat(end.orTimeout(60, TimeUnit.SECONDS).join())
                    .as("B6: depth of the stack after %s answers", CHAIN)
                    .isLessThan(200);
        }
    }

    private static Draft numbered(GroupId group, int number) {
        return Drafts.say(ConversationId.of(group), "a", Integer.toString(number));
    }
}
