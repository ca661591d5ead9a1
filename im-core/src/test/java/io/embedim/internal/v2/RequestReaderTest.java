package io.embedim.internal.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Position;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests frames become: the examples of docs/protocol-v2.md, and V-FRAME. */
class RequestReaderTest {

    private static final String POSITION = "'position':{'epoch':'e1','seq':6,'mid':'m6'}";
    private static final Position AT_6 = new Position("e1", 6, "m6");
    private static final GroupId GROUP = new GroupId("7");
    private static final Address IN_GROUP = new Address.Known(ConversationId.of(GROUP));

    @Test
    void framesOfTheDocumentBecomeRequests() {
        assertThat(Readers.read("{'event':'join','group_id':'7','id':'j1','position':{'epoch':'','seq':0,'mid':''}}"))
                .isEqualTo(new Request.Join("j1", GROUP, new Request.Behind(Position.START)));
        assertThat(Readers.read("{'event':'leave','group_id':'7','id':'l1'}"))
                .isEqualTo(new Request.Leave("l1", GROUP));
        assertThat(Readers.read("{'event':'read','conv':'g:7'," + POSITION + "}"))
                .isEqualTo(new Request.Mark(null, IN_GROUP, true, AT_6));
        assertThat(Readers.read("{'event':'recv','id':'r','conv':'g:7'," + POSITION + "}"))
                .isEqualTo(new Request.Mark("r", IN_GROUP, false, AT_6));
        assertThat(Readers.read("{'event':'typing','to_user_id':'bob'}"))
                .isEqualTo(new Request.Typing(null, new Address.WithUser(new UserId("bob"))));
        assertThat(Readers.read("{'event':'presence','id':'p1','users':['bob',10086]}"))
                .isEqualTo(new Request.Presence("p1", List.of(new UserId("bob"), new UserId("10086")), false));
        assertThat(Readers.read("{'event':'presence','users':[],'watch':true}"))
                .isEqualTo(new Request.Presence(null, List.of(), true));
        assertThat(Readers.read("{'event':'members','id':'m1','group_id':'7','cursor':''}"))
                .isEqualTo(new Request.Members("m1", GROUP, ""));
        assertThat(Readers.read("{'event':'ping','id':'1'}")).isEqualTo(new Request.Ping("1"));
        assertThat(Readers.read("{'event':'auth','ticket':'t'}")).isEqualTo(new Request.Auth(null, "t"));
        assertThat(Readers.read("{'event':'history','id':'h1','conv':'g:7','epoch':'e1','before':120,'limit':50}"))
                .isEqualTo(new Request.History("h1", IN_GROUP, "e1", 120, 50));
    }

    @Test
    void aSyncNamesConversationsInAllWays() {
        Item item = Readers.read("{'event':'sync','id':'s1','conversations':[{'conv':'g:7'," + POSITION
                + "},{'to_user_id':'bob','last':50},{'group_id':8,'last':1}],'directory':{'epoch':'d','version':9}}");

        assertThat(item)
                .isEqualTo(new Request.Sync(
                        "s1",
                        List.of(
                                new Request.Wanted(IN_GROUP, new Request.Behind(AT_6)),
                                new Request.Wanted(new Address.WithUser(new UserId("bob")), new Request.Newest(50)),
                                new Request.Wanted(new Address.OfGroup(new GroupId("8")), new Request.Newest(1))),
                        new Request.Cursor("d", 9)));
        assertThat(Readers.read("{'event':'sync'}")).isEqualTo(new Request.Sync(null, List.of(), null));
    }

    @Test
    void whatIsNotSaidHasADefault() {
        assertThat(Readers.read("{'event':'join','group_id':7}"))
                .isEqualTo(new Request.Join(null, GROUP, new Request.Newest(50)));
        assertThat(Readers.read("{'event':'join','conv':'g:7','last':3}"))
                .isEqualTo(new Request.Join(null, GROUP, new Request.Newest(3)));
        assertThat(Readers.read("{'event':'members','conv':'g:7'}")).isEqualTo(new Request.Members(null, GROUP, ""));
        assertThat(Readers.read("{'event':'history','conv':'g:7','epoch':'e','before':1}"))
                .isEqualTo(new Request.History(null, IN_GROUP, "e", 1, 50));
    }

    @Test
    void changesNameTheirTarget() {
        String target = "'conv':'p:3:ann:bob','id':'" + Readers.ID + "','target':{'seq':4,'mid':'m4','x':[{}]}";

        Request.Edit edit = (Request.Edit)
                Readers.read("{'event':'edit'," + target + ",'base_rev':0,'content':'hello!','type':'text','x':1}");
        Request.Recall recall =
                (Request.Recall) Readers.read("{'event':'recall'," + target + ",'base_rev':1,'content':5}");

        assertThat(edit.target()).isEqualTo(new EntryRef(4, "m4"));
        assertThat(edit.baseRevision()).isZero();
        assertThat(edit.words().fields()).isEqualTo("\"type\":\"text\",\"content\":\"hello!\"");
        assertThat(recall.target()).isEqualTo(new EntryRef(4, "m4"));
        assertThat(recall.baseRevision()).isEqualTo(1);
        assertThat(recall.to())
                .isEqualTo(new Address.Known(ConversationId.between(new UserId("ann"), new UserId("bob"))));
    }

    @Test
    void theEventMayComeLaterOrBetweenWhiteSpace() {
        String text = " [ {\"content\":\"hi\",\"limit\":{\"event\":\"ping\"},\"id\":\"" + Readers.ID
                + "\",\n\"group_id\":7, \"event\" :\"speak\"} , {\"id\":\"1\",\"event\":\"ping\"},{},\t{ } ] ";

        List<Item> items = Readers.USUAL.read(text);

        assertThat(items).hasSize(4);
        assertThat(((Request.Speak) items.get(0)).words().fields())
                .isEqualTo("\"type\":\"text\",\"content\":\"hi\",\"ext\":{\"limit\":{\"event\":\"ping\"}}");
        assertThat(items.get(1)).isEqualTo(new Request.Ping("1"));
        Readers.assertRefused(items.get(2), ProtocolText.UNKNOWN_EVENT);
        Readers.assertRefused(items.get(3), ProtocolText.UNKNOWN_EVENT);
    }

    @Test
    void aWrongElementDoesNotSpoilTheOthers() {
        List<Item> items = Readers.USUAL.read(
                "[{\"event\":\"ping\"},5,[],{\"event\":\"nap\",\"id\":\"n\"},{\"event\":\"auth\"},{\"event\":\"ping\"}]");

        assertThat(items)
                .containsExactly(
                        new Request.Ping(null),
                        new Fault(ErrorCode.BAD_REQUEST, ProtocolText.NOT_AN_OBJECT, null, null),
                        new Fault(ErrorCode.BAD_REQUEST, ProtocolText.NOT_AN_OBJECT, null, null),
                        new Fault(ErrorCode.BAD_REQUEST, ProtocolText.UNKNOWN_EVENT, "nap", "n"),
                        new Fault(ErrorCode.BAD_REQUEST, ProtocolText.TICKET_REQUIRED, "auth", null),
                        new Request.Ping(null));
    }

    @Test
    void anArrayHas1To256Objects() {
        String ping = "{\"event\":\"ping\"}";

        assertThat(Readers.USUAL.read("[" + ping + ("," + ping).repeat(255) + "]"))
                .hasSize(256)
                .containsOnly(new Request.Ping(null));
        for (String wrong : List.of("[]", "[ ]", "[" + ping + ("," + ping).repeat(256) + "]")) {
            List<Item> items = Readers.USUAL.read(wrong);
            assertThat(items).hasSize(1);
            Readers.assertRefused(items.get(0), ProtocolText.FRAMES_COUNT);
        }
    }

    @Test
    void aFaultRepeatsNothingThatIsTooLong() {
        String text = "x".repeat(65);

        Fault fault = (Fault) Readers.read("{'event':'" + text + "','id':'" + text + "'}");

        assertThat(fault.event()).isNull();
        assertThat(fault.id()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[{}",
                "{}{}",
                "{},",
                "[{}]1",
                "[{},]",
                "{'event':'ping',}",
                "{'event':'ping','event':'ping'}",
                "{'id':'1','event':'ping','id':'1'}",
                "{'event':'ping','x':1,'x':2}",
                "{'event':'speak','body':{'a':1,'a':2}}",
                "{'event':'speak','body':{'a':[{'b':1,'b':1}]}}",
                "{'event':'speak','reply_to':{'seq':1,'mid':'m','seq':2}}",
                "{'event':'speak','x':{'a':1,'a':2}}",
                "{'event':'speak','ext':{'a':1,'a':2}}",
                "{'event':'speak','ext':{'a':{'b':1,'b':2}}}",
                "{'event':'speak','ext':{},'ext':{}}",
                "{'event':'speak','x':1,'ext':{'x':{'a':1,'a':2}}}",
                "{'event':'sync','conversations':[{'conv':'g:7','conv':'g:8'}]}",
                "{'event':'sync','conversations':[1,{'conv':'g:7','conv':'g:8'}]}",
                "{'event':'presence','users':{'a':1,'a':1}}",
                "{'event':['ping'],'x':[1}",
                "{'event':{'a':1,'a':1}}",
                "[{'event':'ping'},{'event':'ping','x':NaN}]",
                "[{'event':'ping'},5,{'a':1,'a':1}]",
                "{'event':'speak','mentions':['\\ud83d']}",
                "{'event':'speak','mentions':['\ud83d']}",
                "{'event':'speak','content':'\\ude00\\ud83d'}",
                "{'event':'ping','id':'\\u12'}"
            })
    void whatIsNoJsonEndsTheConnection(String text) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Readers.USUAL.read(text.replace('\'', '"')))
                .satisfies(broken -> assertThat(broken.text()).isEqualTo(ProtocolText.INVALID_JSON));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"a\"", "null", "true", " -1.5e3 "})
    void whatIsNeitherObjectNorArrayEndsTheConnection(String text) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Readers.USUAL.read(text))
                .satisfies(broken -> assertThat(broken.text()).isEqualTo(ProtocolText.NOT_AN_OBJECT));
    }

    @Test
    void nestingAndKeysAreLimitedAsInClassic() {
        String start = "{\"event\":\"ping\",\"x\":";
        StringBuilder keys = new StringBuilder("{\"event\":\"ping\"");
        for (int i = 1; i < 64; i++) {
            keys.append(",\"k").append(i).append("\":0");
        }

        assertThat(Readers.USUAL.read(start + "[".repeat(63) + "]".repeat(63) + "}"))
                .hasSize(1);
        assertThat(Readers.USUAL.read(keys + "}")).hasSize(1);
        for (String wrong : List.of(
                start + "[".repeat(64) + "]".repeat(64) + "}",
                "{\"event\":\"speak\",\"body\":" + "{\"a\":".repeat(64) + "0" + "}".repeat(64) + "}",
                keys + ",\"id\":\"1\"}",
                keys.toString().replace("ping", "speak") + ",\"id\":\"1\"}",
                "{\"x\":0," + keys.substring(1) + "}")) {
            assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Readers.USUAL.read(wrong));
        }
    }
}
