package io.embedim.internal.v2;

import static io.embedim.internal.v2.Messages.at5;
import static io.embedim.internal.v2.Messages.draft;
import static io.embedim.internal.v2.Messages.repeatable;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.Action;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/protocol-v2.md "Entries", letter by letter. */
class EntryTextTest {

    private static final String PLACE = "'conv':'g:7','seq':5,'mid':'m5','prev':'m4','epoch':'e1','ts':1764288000456,";
    private static final String ID = "'id':'" + Readers.ID + "',";
    private static final String ANN = "'from_user_id':'ann','from_username':'Ann','verified':true,";
    private static final EntryRef TARGET = new EntryRef(3, "m3");

    @Test
    void aMessageIsWrittenWithAndWithoutAnEnvelope() {
        Message message = at5(repeatable("hi", "'type':'text','content':'hi'"));
        String entry = "{'event':'message'," + PLACE + ID + ANN + "'rev':0,'type':'text','content':'hi'}";

        assertText(Frames.entryText(message), entry);
        assertText(Frames.entry(message).text(), "{'code':0,'msg':'','data':" + entry + "}");
        assertThat(Frames.entry(message).isDroppable()).isFalse();
    }

    @Test
    void anEditNamesItsTarget() {
        Message edit =
                at5(repeatable("hi!", "'type':'text','content':'hi!'").doing(new Action.Edit(TARGET, 0)), 1, false);

        assertText(
                Frames.entryText(edit),
                "{'event':'edit'," + PLACE + ID + ANN
                        + "'target':{'seq':3,'mid':'m3'},'rev':1,'type':'text','content':'hi!'}");
    }

    @Test
    void whatIsRecalledHasNoWords() {
        Message message = at5(repeatable("", ""), 2, true);
        Message edit = at5(repeatable("", "").doing(new Action.Edit(TARGET, 0)), 1, true);
        Message recall = at5(repeatable("", "").doing(new Action.Recall(TARGET, 1, false)), 2, false);

        assertText(Frames.entryText(message), "{'event':'message'," + PLACE + ID + ANN + "'rev':2,'recalled':true}");
        assertText(
                Frames.entryText(edit),
                "{'event':'edit'," + PLACE + ID + ANN + "'target':{'seq':3,'mid':'m3'},'rev':1,'recalled':true}");
        assertText(
                Frames.entryText(recall),
                "{'event':'recall'," + PLACE + ID + ANN + "'target':{'seq':3,'mid':'m3'},'rev':2}");
    }

    @Test
    void membersAreNamed() {
        assertText(
                Frames.entryText(Messages.doing(new Action.AddMember(Messages.BOB, 9))),
                "{'event':'member_added'," + PLACE + "'from_user_id':'ann','user_id':'bob','version':9}");
        assertText(
                Frames.entryText(Messages.doing(new Action.RemoveMember(Messages.BOB))),
                "{'event':'member_removed'," + PLACE + "'from_user_id':'ann','user_id':'bob'}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                              | ``",
                "` {'event':'speak'}`                            | ``",
                "{'event':'speak','mode':2,'group_id':7,'from_user_id':1,'from_username':'Root','to_user_id':'x','content':'other'} | ``",
                "{'from_avatar':'/a.png','x':1.50}               | ,'from_avatar':'/a.png','ext':{'x':1.50}",
                "{'from_avatar':5,'y':{'seq':[1, 2]},'seq':9}    | ,'ext':{'y':{'seq':[1,2]},'seq':9}",
                "{'id':'i','type':'image','verified':true,'ext':{}} | ,'ext':{'id':'i','type':'image','verified':true}",
                "{'ext':{'a':{'b':1},'ext':2},'x':3}             | ,'ext':{'a':{'b':1},'ext':2,'x':3}",
                "{'x':1,'ext':{'x':[2],'y':3}}                   | ,'ext':{'x':1,'y':3}",
                "{'ext':[5]}                                     | ,'ext':{'ext':[5]}"
            })
    void aClassicFrameIsATextAndItsOtherFieldsAreKept(String json, String more) {
        Message message = at5(draft("hi", json));

        assertText(
                Frames.entryText(message),
                "{'event':'message'," + PLACE + ANN + "'rev':0,'type':'text','content':'hi'" + more + "}");
    }

    @Test
    void namesAreQuoted() {
        String odd = "a\"b\\\n\u2028说😀";
        Message message = at5(repeatable(odd, "{}").withWords(odd, "{}"));

        assertThat(Json.parse(Frames.entry(message).text()).at("/data/content").asString())
                .isEqualTo(odd);
    }

    @Test
    void whatWasReadIsWrittenAsItWas() {
        Request.Speak speak = Readers.spoken("'type':'custom','body':{'a':[1.50,{'b':'\\u8bf4'}]},'x':{'y':1}");
        Message message = at5(repeatable(speak.words().content(), speak.words().fields()));

        assertThat(message.draft().hasFields()).isTrue();
        assertText(
                Frames.entryText(message),
                "{'event':'message'," + PLACE + ID + ANN
                        + "'rev':0,'type':'custom','body':{'a':[1.50,{'b':'说'}]},'ext':{'x':{'y':1}}}");
    }

    private static void assertText(String text, String expected) {
        Json.parse(text);
        assertThat(text.replace('"', '\'')).isEqualTo(expected);
    }
}
