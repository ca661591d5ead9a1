package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Message;
import io.embedim.conversation.Once;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Retention;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Topic;
import io.embedim.model.UserId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A log broker under test, one group of its own, and calls that wait. */
final class LogNode implements AutoCloseable {

    private final BrokerNode node;
    private final LogBroker broker;

    LogNode(LogBrokerFactory factory, Retention retention) {
        broker = factory.newLogBroker(retention);
        node = new BrokerNode(broker);
        node.subscribe(Topic.of(node.group("g")));
    }

    LogNode(LogBrokerFactory factory) {
        this(factory, Retention.DEFAULT);
    }

    BrokerNode node() {
        return node;
    }

    ConversationId conversation() {
        return ConversationId.of(node.group("g"));
    }

    UserId user(String name) {
        return node.user(name);
    }

    /** Words of a user to the group. */
    Draft words(String user, String content) {
        Draft draft = node.toGroup("g", content);
        return new Draft(
                draft.conversation(),
                draft.origin(),
                user(user),
                draft.senderName(),
                true,
                null,
                draft.content(),
                draft.json());
    }

    static Once once(String id, String hash) {
        return new Once(id, hash);
    }

    Draft edit(String user, EntryRef target, long base, String content) {
        return words(user, content).doing(new Action.Edit(target, base));
    }

    Draft recall(String user, EntryRef target, long base, boolean ofOthers) {
        return words(user, "").withWords("", "{}").doing(new Action.Recall(target, base, ofOthers));
    }

    Draft addMember(String user, long version) {
        return words("owner", "").withWords("", "{}").doing(new Action.AddMember(user(user), version));
    }

    Draft removeMember(String user) {
        return words("owner", "").withWords("", "{}").doing(new Action.RemoveMember(user(user)));
    }

    Outcome append(Draft draft) {
        return Stages.call("append of " + draft, () -> broker.append(draft));
    }

    /** Appends what must be taken, and answers where it stands. */
    Receipt appended(Draft draft) {
        Outcome outcome = append(draft);
        assertThat(outcome).as("outcome of the append of %s", draft).isInstanceOf(Receipt.class);
        return (Receipt) outcome;
    }

    EntryRef say(String user, String content) {
        return ref(appended(words(user, content)).position());
    }

    List<Receipt> sayMany(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> appended(words("a", "m" + i)))
                .toList();
    }

    static EntryRef ref(Position position) {
        return new EntryRef(position.seq(), position.mid());
    }

    Optional<Outcome> find(String user, Once once) {
        return Stages.call("find " + once, () -> broker.find(conversation(), user(user), once));
    }

    Slice read(Reading reading) {
        return Stages.call("read " + reading, () -> broker.read(reading));
    }

    Slice readAll() {
        return read(Reading.after(conversation(), Position.START, 10_000));
    }

    Slice readAfter(Position position) {
        return read(Reading.after(conversation(), position, 10_000));
    }

    int unread(String user, Position after, int cap) {
        return unread(Reading.after(conversation(), after, cap), user);
    }

    int unreadAsMember(String user, Position after, int cap) {
        return unread(Reading.after(conversation(), after, cap).asSeenBy(user(user)), user);
    }

    private int unread(Reading behind, String user) {
        return Stages.call("unread of " + user + " in " + behind, () -> broker.unread(behind, user(user)));
    }

    /** By the bounds that the broker chooses. */
    int unread(ConversationId where, String user) {
        return Stages.call(
                "unread of " + user + " in " + where, () -> broker.unread(where, user(user), Position.START, 999));
    }

    static List<String> contents(Slice slice) {
        return slice.entries().stream().map(entry -> entry.draft().content()).toList();
    }

    static List<Long> places(Slice slice) {
        return slice.entries().stream().map(entry -> entry.position().seq()).toList();
    }

    static Message entry(Slice slice, long seq) {
        return slice.entries().stream()
                .filter(entry -> entry.position().seq() == seq)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no entry " + seq + " in " + slice));
    }

    @Override
    public void close() {
        node.close();
    }
}
