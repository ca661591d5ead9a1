package io.embedim.jdbc;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
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
import java.util.Iterator;
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
        List<Pending<?>> begun = new ArrayList<>();
        for (Item item : items) {
            if (item instanceof Pending<?> pending && pending.begin()) {
                begun.add(pending);
            }
        }
        List<List<Topic>> audiences = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>();
        try {
            catchUp(audiences);
        } catch (SQLException | UnknownCommit | RuntimeException e) {
            failed(e);
            Came nothing = new Came(List.of(), notMade(e), e);
            answer(items, begun, nothing, audiences, answers);
            return () -> finish(audiences, answers);
        }
        Came came = begun.isEmpty() ? new Came(List.of(), "", null) : commit(begun);
        answer(items, begun, came, audiences, answers);
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

    private Came commit(List<Pending<?>> begun) {
        List<LogState> touched = new ArrayList<>();
        Instant now = Instant.ofEpochMilli(runtime.now().toEpochMilli());
        try {
            List<Result> results = database.write(connection -> write(connection, begun, now, touched));
            succeeded();
            return new Came(results, "", null);
        } catch (UnknownCommit e) {
            undelivered.add(touched);
            LOG.warn("event=jdbc_commit_unknown appends={} why={}", begun.size(), LogText.line(Failures.why(e)));
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

    private List<Result> write(Connection connection, List<Pending<?>> begun, Instant now, List<LogState> touched)
            throws SQLException {
        lease.fence(connection);
        List<Draft> drafts = begun.stream()
                .flatMap(pending -> pending instanceof Append append ? Stream.of(append.draft) : Stream.empty())
                .toList();
        List<Result> results = drafts.isEmpty() ? List.of() : append(connection, drafts, now, touched);
        for (Pending<?> pending : begun) {
            if (pending instanceof Change<?> change) {
                change.run(connection);
            }
        }
        return results;
    }

    private List<Result> append(Connection connection, List<Draft> drafts, Instant now, List<LogState> touched)
            throws SQLException {
        try (AppendBatch batch = new AppendBatch(connection, retention, ids, now)) {
            List<Result> results = batch.append(drafts);
            touched.addAll(batch.changed());
            return results;
        }
    }

    private void answer(
            List<Item> items, List<Pending<?>> begun, Came came, List<List<Topic>> audiences, List<Runnable> answers) {
        Iterator<Result> results = came.results().iterator();
        int next = 0;
        for (Item item : items) {
            if (item instanceof SignalInLine line) {
                put(line.signal(), List.of(line.signal().topic()), audiences);
            } else if (item instanceof Errand errand) {
                answers.add(came.why() == null ? run(errand) : () -> errand.drop(came.how()));
            } else if (next < begun.size() && item == begun.get(next)) {
                Pending<?> pending = begun.get(next);
                answers.add(
                        came.why() == null
                                ? done(pending, results, audiences)
                                : () -> pending.fail(came.how(), came.why()));
                next++;
            }
        }
    }

    private Runnable done(Pending<?> pending, Iterator<Result> results, List<List<Topic>> audiences) {
        if (pending instanceof Append append) {
            return entered(append, results.next(), audiences);
        } else if (pending instanceof Change<?> change) {
            return change::complete;
        }
        throw new IllegalStateException("a pending " + pending.name() + "; expected an append or a change");
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
