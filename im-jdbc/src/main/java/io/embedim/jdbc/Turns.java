package io.embedim.jdbc;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.LocalTopics;
import io.embedim.conversation.Message;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Retention;
import io.embedim.conversation.Topic;
import io.embedim.conversation.TopicEvent;
import io.embedim.jdbc.AppendBatch.Result;
import io.embedim.model.ImException;
import io.embedim.model.LogText;
import io.embedim.runtime.ImRuntime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One turn of the writer: a transaction, and then, when it is committed, its messages on the topics' queues in the order of the log. For one thread at a time. */
final class Turns {

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private final Database database;
    private final Lease lease;
    private final LocalTopics topics;
    private final Retention retention;
    private final ImRuntime runtime;
    private final Ids ids;
    private final Undelivered undelivered = new Undelivered();
    private boolean fails;

    Turns(Database database, Lease lease, LocalTopics topics, Retention retention, ImRuntime runtime, Ids ids) {
        this.database = database;
        this.lease = lease;
        this.topics = topics;
        this.retention = retention;
        this.runtime = runtime;
        this.ids = ids;
    }

    /** What came of all of them, or why it is the same for all. */
    private record Came(
            List<Result> results, String how, @Nullable Exception why) {}

    /** Answers what is left to do beside the next turn. */
    Runnable take(List<Item> items) {
        List<Append> appends = items.stream()
                .flatMap(item -> item instanceof Append append && append.begin() ? Stream.of(append) : Stream.empty())
                .toList();
        List<List<Topic>> audiences = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>();
        try {
            catchUp(audiences);
        } catch (SQLException | UnknownCommit | RuntimeException e) {
            failed(e);
            Came nothing = new Came(List.of(), notMade(e), e);
            answer(items, appends, nothing, audiences, answers);
            return () -> finish(audiences, answers);
        }
        Came came = appends.isEmpty() ? new Came(List.of(), "", null) : commit(appends);
        answer(items, appends, came, audiences, answers);
        return () -> finish(audiences, answers);
    }

    /** Delivers what a commit of unknown outcome has left in the log. */
    private void catchUp(List<List<Topic>> audiences) throws SQLException, UnknownCommit {
        if (undelivered.isEmpty()) {
            return;
        }
        List<Message> found = database.write(connection -> {
            lease.fence(connection);
            return undelivered.read(connection);
        });
        undelivered.clear();
        LOG.info("event=jdbc_caught_up messages={}", found.size());
        found.forEach(message -> put(message, message.draft().conversation(), audiences));
    }

    private Came commit(List<Append> appends) {
        List<LogState> touched = new ArrayList<>();
        Instant now = Instant.ofEpochMilli(runtime.now().toEpochMilli());
        try {
            List<Result> results = database.write(connection -> append(connection, appends, now, touched));
            succeeded();
            return new Came(results, "", null);
        } catch (UnknownCommit e) {
            undelivered.add(touched);
            LOG.warn("event=jdbc_commit_unknown appends={} why={}", appends.size(), LogText.line(Failures.why(e)));
            return new Came(List.of(), "has an unknown outcome: " + Failures.why(e), e);
        } catch (SQLException | RuntimeException e) {
            failed(e);
            return new Came(List.of(), notMade(e), e);
        }
    }

    /** Who operates it hears of the first one; each stage has its own failure. */
    private void failed(Exception e) {
        if (fails) {
            LOG.debug("event=jdbc_append_failed why={}", LogText.line(Failures.why(e)));
        } else {
            LOG.warn("event=jdbc_append_failed why={}", LogText.line(Failures.why(e)));
        }
        fails = true;
    }

    private void succeeded() {
        if (fails) {
            LOG.info("event=jdbc_append_works_again");
        }
        fails = false;
    }

    private List<Result> append(Connection connection, List<Append> appends, Instant now, List<LogState> touched)
            throws SQLException {
        lease.fence(connection);
        try (AppendBatch batch = new AppendBatch(connection, retention, ids, now)) {
            List<Result> results =
                    batch.append(appends.stream().map(append -> append.draft).toList());
            touched.addAll(batch.changed());
            return results;
        }
    }

    private void answer(
            List<Item> items, List<Append> appends, Came came, List<List<Topic>> audiences, List<Runnable> answers) {
        int next = 0;
        for (Item item : items) {
            if (item instanceof SignalInLine line) {
                put(line.signal(), List.of(line.signal().topic()), audiences);
            } else if (item instanceof Errand errand) {
                answers.add(came.why() == null ? run(errand) : () -> errand.drop(came.how()));
            } else if (next < appends.size() && item == appends.get(next)) {
                Append append = appends.get(next);
                answers.add(
                        came.why() == null
                                ? entered(append, came.results().get(next), audiences)
                                : () -> append.fail(came.how(), came.why()));
                next++;
            }
        }
    }

    private Runnable entered(Append append, Result result, List<List<Topic>> audiences) {
        Message message = result.message();
        if (message == null) {
            Outcome outcome = Objects.requireNonNull(result.outcome());
            return () -> append.complete(outcome);
        }
        put(message, append.draft.conversation(), audiences);
        Receipt receipt = new Receipt(message.position(), message.at(), false);
        return () -> append.complete(receipt);
    }

    private Runnable run(Errand errand) {
        try {
            boolean answer = database.write(errand.work);
            return () -> errand.done.complete(answer);
        } catch (SQLException | UnknownCommit | RuntimeException e) {
            ImException failure = new ImException(errand.name + " was not done: " + Failures.why(e), e);
            return () -> errand.done.completeExceptionally(failure);
        }
    }

    private static String notMade(Exception e) {
        return "was not made: " + Failures.why(e);
    }

    private void put(Message message, ConversationId conversation, List<List<Topic>> audiences) {
        put(message, LocalTopics.audience(conversation), audiences);
    }

    private void put(TopicEvent event, List<Topic> audience, List<List<Topic>> audiences) {
        topics.put(audience, event);
        audiences.add(audience);
    }

    private void finish(List<List<Topic>> audiences, List<Runnable> answers) {
        audiences.forEach(topics::deliver);
        answers.forEach(Runnable::run);
    }
}
