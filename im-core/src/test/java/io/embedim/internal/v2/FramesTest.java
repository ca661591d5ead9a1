package io.embedim.internal.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.embedim.connection.OutboundFrame;
import io.embedim.conversation.DirectoryPage;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Slice.Status;
import io.embedim.model.ConnectionId;
import io.embedim.model.UserId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server says, letter by letter as in docs/protocol-v2.md. */
class FramesTest {

    private static final Position AT_5 = new Position("e1", 5, "m5");
    private static final Position AT_6 = new Position("e1", 6, "m6");
    private static final Message MESSAGE = Messages.at5(Messages.draft("hi", "{}"));

    @Test
    void hello() {
        Hello hello = new Hello(
                Messages.ANN,
                new ConnectionId("c0ffee"),
                "phone",
                Messages.NOW,
                Duration.ofMinutes(10),
                Duration.ofSeconds(25),
                List.of("sync", "history"),
                65_536,
                4_000,
                100,
                100);
        Hello less = new Hello(
                Messages.ANN, new ConnectionId("c"), null, Messages.NOW, Duration.ZERO, null, List.of(), 1, 2, 3, 4);

        assertData(
                Frames.hello(hello),
                "'event':'hello','user_id':'ann','client_id':'c0ffee','device':'phone','time':1764288000456,"
                        + "'dedupe_window':600,'heartbeat':25,'features':['sync','history'],"
                        + "'limits':{'frame_bytes':65536,'content':4000,'sync_conversations':100,'page':100}");
        assertData(
                Frames.hello(less),
                "'event':'hello','user_id':'ann','client_id':'c','time':1764288000456,'dedupe_window':0,'features':[],"
                        + "'limits':{'frame_bytes':1,'content':2,'sync_conversations':3,'page':4}");
    }

    @Test
    void authenticated() {
        assertData(
                Frames.authenticated(Messages.ANN, 3_600L, null), "'event':'auth','user_id':'ann','expires_in':3600");
        assertData(Frames.authenticated(Messages.ANN, null, "a"), "'event':'auth','id':'a','user_id':'ann'");
    }

    @Test
    void ack() {
        String first = "'event':'ack','id':'i','conv':'p:3:ann:bob','seq':5,'mid':'m5','epoch':'e1','ts':1764288000456";

        assertData(Frames.ack("i", Messages.PAIR, new Receipt(AT_5, Messages.NOW, false)), first);
        assertData(Frames.ack("i", Messages.PAIR, new Receipt(AT_5, Messages.NOW, true)), first + ",'dup':true");
    }

    @Test
    void errors() {
        assertText(
                Frames.error(403, "not \"allowed\"", "speak", "i", false, false, null),
                "{'code':403,'msg':'not \\'allowed\\'','data':{'event':'error','for':'speak','id':'i','temporary':false,'committed':false}}");
        assertText(
                Frames.error(503, "later", null, null, true, null, 7L),
                "{'code':503,'msg':'later','data':{'event':'error','temporary':true,'retry_after':7}}");
    }

    @Test
    void aSyncAnswersWithAPage() {
        Slice slice = new Slice(Status.OK, AT_6, 1, "", List.of(MESSAGE, MESSAGE));
        String entry = Frames.entryText(MESSAGE).replace('"', '\'');

        assertData(
                Frames.sync("s1", Messages.GROUP, slice, AT_5, Position.START, 1),
                "'event':'sync','id':'s1','conv':'g:7','status':'ok','top':{'epoch':'e1','seq':6,'mid':'m6'},"
                        + "'floor':1,'floor_prev':'','messages':[" + entry + "," + entry + "],"
                        + "'read':{'epoch':'e1','seq':5,'mid':'m5'},'recv':{'epoch':'','seq':0,'mid':''},'unread':1");
        assertData(
                Frames.history("h1", Messages.GROUP, new Slice(Status.MORE, AT_6, 3, "m2", List.of())),
                "'event':'history','id':'h1','conv':'g:7','status':'more','floor':3,'floor_prev':'m2','messages':[]");
    }

    @Test
    void whatIsGoneSaysNothingElse() {
        Slice gone = new Slice(Status.GONE, Position.START, 1, "", List.of());

        assertData(
                Frames.sync(null, Messages.GROUP, gone, AT_5, AT_5, 3), "'event':'sync','conv':'g:7','status':'gone'");
        assertData(Frames.history(null, Messages.GROUP, gone), "'event':'history','conv':'g:7','status':'gone'");
    }

    @Test
    void onlyATrimmedPageThatEndsBelowTheTopHasMore() {
        String more = "\"more\":true";

        assertThat(sync(new Slice(Status.TRIMMED, AT_6, 5, "m4", List.of(MESSAGE))))
                .contains(more);
        assertThat(sync(new Slice(Status.TRIMMED, AT_5, 5, "m4", List.of(MESSAGE))))
                .doesNotContain(more);
        assertThat(sync(new Slice(Status.TRIMMED, AT_6, 7, "m6", List.of()))).doesNotContain(more);
        assertThat(sync(new Slice(Status.TRIMMED, AT_6, 6, "m5", List.of()))).contains(more);
        assertThat(sync(new Slice(Status.MORE, AT_6, 1, "", List.of(MESSAGE)))).doesNotContain(more);
        assertThat(sync(new Slice(Status.RESET, AT_6, 1, "", List.of()))).doesNotContain(more);
    }

    @Test
    void synced() {
        DirectoryPage page = new DirectoryPage(
                DirectoryPage.Status.RESET,
                "d1",
                9,
                List.of(
                        new DirectoryPage.Item(Messages.GROUP, 9, true),
                        new DirectoryPage.Item(Messages.PAIR, 4, false)));

        assertData(Frames.synced("s1", null), "'event':'synced','id':'s1'");
        assertData(
                Frames.synced("s1", page),
                "'event':'synced','id':'s1','directory':{'status':'reset','epoch':'d1','version':9,'added':["
                        + "{'conv':'g:7','version':9},{'conv':'p:3:ann:bob','version':4,'left':true}]}");
    }

    @Test
    void marks() {
        String at5 = "'position':{'epoch':'e1','seq':5,'mid':'m5'}";

        assertData(
                Frames.mark("read", Messages.GROUP, Messages.ANN, AT_5, 0, "r"),
                "'event':'read','id':'r','conv':'g:7','user_id':'ann'," + at5 + ",'unread':0");
        assertData(
                Frames.mark("recv", Messages.GROUP, Messages.ANN, AT_5, null, null),
                "'event':'recv','conv':'g:7','user_id':'ann'," + at5);
        assertData(
                Frames.changed(Messages.GROUP, AT_5),
                "'event':'changed','conv':'g:7','top':{'epoch':'e1','seq':5,'mid':'m5'}");
    }

    @Test
    void peopleAndMembers() {
        UserId odd = new UserId("b\"b");

        assertData(Frames.typing(Messages.GROUP, odd), "'event':'typing','conv':'g:7','user_id':'b\\'b'");
        assertData(
                Frames.presence("p1", List.of(new Person(odd, null, true))),
                "'event':'presence','id':'p1','users':[{'user_id':'b\\'b','online':true}]");
        assertData(
                Frames.members("m1", Messages.GROUP, 3, List.of(new Person(Messages.ANN, "owner", false)), "c"),
                "'event':'members','id':'m1','conv':'g:7','count':3,"
                        + "'members':[{'user_id':'ann','role':'owner','online':false}],'cursor':'c'");
        assertData(Frames.members(null, Messages.GROUP, 300, null, ""), "'event':'members','conv':'g:7','count':300");
        assertData(Frames.left("l1", Messages.GROUP), "'event':'left','id':'l1','conv':'g:7'");
        assertData(Frames.pong("1"), "'event':'pong','id':'1'");
    }

    @Test
    void onlyWhatIsMissedByWhoIsNotThereMayBeLeftOut() {
        assertThat(Frames.typing(Messages.GROUP, Messages.ANN).isDroppable()).isTrue();
        assertThat(Frames.presence(null, List.of()).isDroppable()).isTrue();
        assertThat(Frames.changed(Messages.GROUP, AT_5).isDroppable()).isFalse();
        assertThat(Frames.mark("read", Messages.GROUP, Messages.ANN, AT_5, 0, null)
                        .isDroppable())
                .isFalse();
    }

    @Test
    void severalFramesAreOneArray() {
        assertThat(Frames.together(List.of("{1}"))).isEqualTo("{1}");
        assertThat(Frames.together(List.of("{1}", "{2}", "{3}"))).isEqualTo("[{1},{2},{3}]");
        assertThat(Frames.together(Collections.nCopies(256, "{}"))).hasSize(256 * 3 + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> Frames.together(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Frames.together(Collections.nCopies(257, "{}")));
    }

    private static String sync(Slice slice) {
        return Frames.sync("s", Messages.GROUP, slice, null, null, 0).text();
    }

    private static void assertData(OutboundFrame frame, String data) {
        assertText(frame, "{'code':0,'msg':'','data':{" + data + "}}");
    }

    private static void assertText(OutboundFrame frame, String text) {
        Json.parse(frame.text());
        assertThat(frame.text().replace('"', '\'')).isEqualTo(text);
    }
}
