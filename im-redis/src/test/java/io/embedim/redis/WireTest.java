package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandReply;
import io.embedim.connection.CloseReason;
import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Fence;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Topic;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import io.embedim.protocol.Sender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The format between nodes, version 1. Nodes of other versions read it: what fails here is a new version. */
class WireTest {

    private static final String FRAME = "1 M e1 7 m7 m6 1700000000000 0 0 ";

    @Test
    void notesComeBackAsTheyWere() {
        Topic topic = Topic.of(new UserId("u"));
        ConversationId pair = ConversationId.between(new UserId("u"), new UserId("阿"));
        for (Signal.Note note : List.of(
                new Signal.Note(topic, pair, new UserId("u"), new ConnectionId("c"), true, "{\"a\":\"😀\"}"),
                new Signal.Note(topic, Drafts.group("7"), new UserId("阿"), null, false, "x".repeat(10_000)))) {
            ByteReader in = new ByteReader(Wire.signal(note), 0);

            assertThat(Wire.kind(in)).isEqualTo(Wire.SIGNAL);
            assertThat(Wire.signal(topic, in)).isEqualTo(note);
        }
    }

    @Test
    void draftsComeBackAsTheyWere() {
        ConversationId group = Drafts.group("0100");
        Draft plain = Drafts.say(group, "a", "阿克苏 😀");
        UserId user = new UserId("u");
        List<Draft> drafts = List.of(
                plain,
                new Draft(
                        ConversationId.between(user, new UserId("b")),
                        new ConnectionId("c1"),
                        user,
                        "",
                        false,
                        new UserId("b"),
                        "half \uD83D of a pair, and \0",
                        ""),
                Drafts.sayOnce(group, "a", "x".repeat(100_000), "id").fenced(new Fence(user, Long.MAX_VALUE)),
                plain.doing(new Action.Edit(new EntryRef(3, "m"), 2)),
                plain.doing(new Action.Recall(new EntryRef(Long.MAX_VALUE, "m"), 0, true)),
                plain.doing(new Action.AddMember(user, 5)),
                plain.doing(new Action.RemoveMember(user)));

        assertThat(drafts)
                .allSatisfy(draft -> assertThat(DraftFormat.read(
                                new ByteReader(DraftFormat.fixed(draft), 0),
                                new ByteReader(DraftFormat.words(draft.content(), draft.json()), 0)))
                        .isEqualTo(draft));
    }

    @Test
    void messageSaysWhereItStands() {
        Draft draft = Drafts.say(Drafts.group("g"), "a", "hi");
        String fixed = text(DraftFormat.fixed(draft));
        String words = text(DraftFormat.words(draft.content(), draft.json()));

        MessageFrame frame = MessageFrame.of(bytes(FRAME + fixed.length() + " " + fixed + words));

        assertThat(frame.conversation()).isEqualTo(draft.conversation());
        assertThat(frame.before().mid()).isEqualTo("m6");
        assertThat(frame.message().draft()).isEqualTo(draft);
        assertThat(frame.message().at()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
        assertThat(fixed).as("the fixed part, byte for byte").isEqualTo("\0\1\1g\0\1\1a\1\1a\1\0\1\3say\0\0");
        assertThat(words).as("the words").startsWith("\1\2hi\1");
    }

    @Test
    void whatANewerNodeAddsAtTheEndIsLeft() {
        Draft draft = Drafts.say(Drafts.group("g"), "a", "hi");
        String fixed = text(DraftFormat.fixed(draft)) + "more to come";
        String words = text(DraftFormat.words(draft.content(), draft.json())) + "and more";

        assertThat(MessageFrame.of(bytes(FRAME + fixed.length() + " " + fixed + words))
                        .message()
                        .draft())
                .isEqualTo(draft);
    }

    @Test
    void otherVersionIsRefusedByItsNumber() {
        ByteReader in = new ByteReader(bytes("2 M whatever"), 0);

        assertThatThrownBy(() -> Wire.kind(in))
                .isInstanceOf(ImException.class)
                .hasMessage("version '2' of the format between nodes; expected 1");
    }

    @Test
    void brokenBytesAreRefused() {
        for (String broken : List.of("", "1", "1 M ", FRAME, FRAME + "5 ab", FRAME + "2 \0\1\u007f")) {
            assertThatThrownBy(() -> MessageFrame.of(bytes(broken)).message())
                    .as("'%s'", broken)
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void signalsComeBackAsTheyWere() {
        Topic topic = Topic.of(new GroupId("g"));
        Signal signal = new Signal.Left(
                topic,
                new ConnectionId("c"),
                new GroupId("g"),
                true,
                new Sender(new UserId("u"), true, "name", false, null));
        ByteReader in = new ByteReader(Wire.signal(signal), 0);

        assertThat(Wire.kind(in)).isEqualTo(Wire.SIGNAL);
        assertThat(Wire.signal(topic, in)).isEqualTo(signal);
    }

    @Test
    void commandsComeBackAsTheyWere() {
        Target some = Target.connection(new ConnectionId("c1"), new ConnectionId("c2"))
                .and(Target.user(new UserId("u")))
                .except(Target.group(new GroupId("g")));
        UserId user = new UserId("u2");
        GroupId group = new GroupId("g2");
        List<Command> commands = List.of(
                new Command.Send(Target.all(), "text 😀", true),
                new Command.Close(some, new CloseReason(4102, "kicked"), null, true),
                new Command.Close(some, CloseReason.NORMAL, "last", false),
                new Command.Bind(some, user),
                new Command.Unbind(some, user),
                new Command.Join(some, group),
                new Command.Leave(some, group),
                new Command.Dissolve(group),
                new Command.Attributes(some, Map.of("a", "1", "b", ""), true));

        assertThat(commands)
                .allSatisfy(command -> assertThat(CommandFormat.read(new ByteReader(CommandFormat.write(command), 0)))
                        .isEqualTo(command));
    }

    @Test
    void repliesComeBackAsTheyWere() {
        CommandReply reply = new CommandReply(1, 2, 3, 4, 5, 6, "why");
        ByteReader in = new ByteReader(Wire.reply(300, reply), 0);

        assertThat(Wire.kind(in)).isEqualTo(Wire.REPLY);
        assertThat(in.number()).isEqualTo(300);
        assertThat(Wire.reply(in)).isEqualTo(reply);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
