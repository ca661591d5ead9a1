package io.embedim.internal.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.UserId;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.ValidationRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of docs/protocol-v2.md, V-SEND: each rule broken and kept. */
class SpeakRulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'type':'text'                                       | CONTENT_REQUIRED",
                "'content':''                                        | CONTENT_REQUIRED",
                "'content':null                                      | CONTENT_REQUIRED",
                "'content':5                                         | CONTENT_REQUIRED",
                "'content':['hi']                                    | CONTENT_REQUIRED",
                "'type':'custom','body':{},'content':5               | CONTENT_REQUIRED",
                "'type':'video','content':'x','body':{}              | TYPE_IN",
                "'type':'','content':'x'                             | TYPE_IN",
                "'type':'Text','content':'x'                         | TYPE_IN",
                "'type':5,'content':'x'                              | TYPE_IN",
                "'type':'custom'                                     | BODY_REQUIRED",
                "'type':'image','content':'x'                        | BODY_REQUIRED",
                "'type':'image','body':null                          | BODY_REQUIRED",
                "'type':'custom','body':[]                           | BODY_REQUIRED",
                "'content':'x','body':'y'                            | BODY_REQUIRED",
                "'type':'image','body':{}                            | BODY_URL",
                "'type':'file','body':{'url':5}                      | BODY_URL",
                "'type':'voice','body':{'url':''}                    | BODY_URL",
                "'type':'image','body':{'url':'//evil/x'}            | BODY_URL",
                "'type':'image','body':{'url':'/\\\\evil/x'}         | BODY_URL",
                "'type':'image','body':{'url':'/\\t/evil/x'}         | BODY_URL",
                "'type':'image','body':{'url':'x.png'}               | BODY_URL",
                "'type':'image','body':{'url':'ftp://a/x'}           | BODY_URL",
                "'type':'image','body':{'url':'javascript:alert(1)'} | BODY_URL",
                "'type':'image','body':{'url':' javascript:alert(1)'} | BODY_URL",
                "'type':'image','body':{'url':'data:,x'}             | BODY_URL",
                "'type':'image','body':{'url':'https:'}              | BODY_URL",
                "'type':'file','body':{'url':'/x','name':5}          | BODY_FIELDS",
                "'type':'file','body':{'url':'/x','mime':{}}         | BODY_FIELDS",
                "'type':'file','body':{'url':'/x','size':-1}         | BODY_FIELDS",
                "'type':'file','body':{'url':'/x','size':1.5}        | BODY_FIELDS",
                "'type':'file','body':{'url':'/x','size':'5'}        | BODY_FIELDS",
                "'type':'image','body':{'url':'/x','width':1e9}      | BODY_FIELDS",
                "'type':'image','body':{'url':'/x','height':[]}      | BODY_FIELDS",
                "'type':'voice','body':{'url':'/x','duration':9007199254740992} | BODY_FIELDS",
                "'type':'location','body':{}                         | BODY_PLACE",
                "'type':'location','body':{'latitude':1}             | BODY_PLACE",
                "'type':'location','body':{'latitude':'1','longitude':1} | BODY_PLACE",
                "'type':'location','body':{'latitude':90.001,'longitude':1} | BODY_PLACE",
                "'type':'location','body':{'latitude':-91,'longitude':1} | BODY_PLACE",
                "'type':'location','body':{'latitude':1,'longitude':180.5} | BODY_PLACE",
                "'type':'location','body':{'latitude':1,'longitude':-1e400} | BODY_PLACE",
                "'type':'location','body':{'latitude':1,'longitude':2,'name':3} | BODY_FIELDS",
                "'content':'x','mentions':'bob'                      | MENTIONS_FORM",
                "'content':'x','mentions':{}                         | MENTIONS_FORM",
                "'content':'x','mentions':['']                       | MENTIONS_FORM",
                "'content':'x','mentions':['bob',1.5]                | MENTIONS_FORM",
                "'content':'x','mentions':[['bob']]                  | MENTIONS_FORM",
                "'content':'x','reply_to':5                          | REPLY_TO_FORM",
                "'content':'x','reply_to':{'seq':3}                  | REPLY_TO_FORM",
                "'content':'x','reply_to':{'seq':0,'mid':'m'}        | REPLY_TO_FORM",
                "'content':'x','reply_to':{'seq':3,'mid':''}         | REPLY_TO_FORM",
                "'content':'x','reply_to':{'seq':'3','mid':'m'}      | REPLY_TO_FORM",
                "'content':'x','ext':5                               | EXT_FORM",
                "'content':'x','ext':'y'                             | EXT_FORM",
                "'content':'x','ext':[{}]                            | EXT_FORM",
                "'content':'x','ext':{'y':1},'y':{}                  | EXT_FORM",
                "'content':'x','y':[1],'ext':{'z':1,'y':{'a':[]}}    | EXT_FORM",
                "'content':'x','from_user_id':''                     | FROM_USER_ID_REQUIRED",
                "'content':'x','from_user_id':[]                     | FROM_USER_ID_REQUIRED"
            })
    void aSpeakThatBreaksARuleIsToldWhich(String members, ProtocolText text) {
        Readers.assertRefused(Readers.speak(members), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'content':' '",
                "'content':'x','type':null,'body':{},'mentions':[],'mentions2':5",
                "'type':'custom','body':{}",
                "'type':'image','content':'','body':{'url':'https://a/x.png'}",
                "'type':'image','body':{'url':'http:x','name':null,'size':0,'width':null,'other':{'size':-1}}",
                "'type':'file','body':{'url':'/','latitude':'x','size':9007199254740991}",
                "'type':'voice','body':{'url':'/a//b','duration':1500}",
                "'type':'location','body':{'latitude':90,'longitude':-180.0,'size':-1,'url':5}",
                "'type':'location','body':{'latitude':1e-400,'longitude':-0,'name':'x'}",
                "'content':'x','mentions':['bob',10086,'@all']",
                "'content':'x','reply_to':null"
            })
    void theseAreValid(String members) {
        assertThat(Readers.speak(members)).isInstanceOf(Request.Speak.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "''",
                "5",
                "'abcdefghijklmno'",
                "'abcdefghijklmnop '",
                "'abcdefghijklmno+'",
                "'abcdefghijklmnoé'",
                "'abcdefghijklmnop\\n'",
                "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'"
            })
    void whatIsWrittenHasAnIdThatCouldBeRandom(String id) {
        String end = ",'group_id':7,'content':'x','base_rev':0,'target':{'seq':1,'mid':'m'}}";

        for (String event : new String[] {"speak", "edit", "recall"}) {
            Item item = Readers.read("{'event':'" + event + "','id':" + id + end);
            ProtocolText text = id.equals("''") || id.equals("5") || id.length() > 66
                    ? ProtocolText.ID_FORM
                    : ProtocolText.ID_RANDOM;
            Readers.assertRefused(item, text);
        }
        assertThat(Readers.read("{'event':'speak','id':'0123456789abcde_'" + end))
                .isInstanceOf(Request.Speak.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'base_rev':0                                  | TARGET_FORM",
                "'base_rev':0,'target':{'seq':0,'mid':'m'}     | TARGET_FORM",
                "'base_rev':0,'target':{'seq':1,'mid':''}      | TARGET_FORM",
                "'base_rev':0,'target':'m'                     | TARGET_FORM",
                "'target':{'seq':1,'mid':'m'}                  | BASE_REV_FORM",
                "'target':{'seq':1,'mid':'m'},'base_rev':-1    | BASE_REV_FORM",
                "'target':{'seq':1,'mid':'m'},'base_rev':'0'   | BASE_REV_FORM"
            })
    void aChangeNamesTargetAndRevision(String members, ProtocolText text) {
        String start = "','id':'" + Readers.ID + "','group_id':7,'content':'x',";

        Readers.assertRefused(Readers.read("{'event':'edit" + start + members + "}"), text);
        Readers.assertRefused(Readers.read("{'event':'recall" + start + members + "}"), text);
    }

    @Test
    void contentIsLimitedInCodePoints() {
        RequestReader shorter = Readers.with(ValidationRules.defaults().withMaxText(3));

        assertThat(Readers.speak("'content':'" + "😀".repeat(4_000) + "'")).isInstanceOf(Request.Speak.class);
        Readers.assertRefused(Readers.speak("'content':'" + "x".repeat(4_001) + "'"), ProtocolText.TEXT_MAX);
        Readers.assertRefused(
                Readers.speak("'type':'custom','body':{},'content':'" + "x".repeat(4_001) + "'"),
                ProtocolText.TEXT_MAX);
        Readers.assertRefused(
                shorter.read("{\"event\":\"speak\",\"id\":\"" + Readers.ID + "\",\"group_id\":7,\"content\":\"four\"}")
                        .get(0),
                ProtocolText.TEXT_MAX);
    }

    @Test
    void whatIsInABodyIsLimited() {
        String url = "'type':'image','body':{'url':'/";

        assertThat(Readers.speak(url + "x".repeat(2_047) + "'}")).isInstanceOf(Request.Speak.class);
        Readers.assertRefused(Readers.speak(url + "x".repeat(2_048) + "'}"), ProtocolText.BODY_URL);
        Readers.assertRefused(Readers.speak(url + "','name':'" + "x".repeat(256) + "'}"), ProtocolText.BODY_FIELDS);
        Readers.assertRefused(Readers.speak(url + "','mime':'" + "x".repeat(128) + "'}"), ProtocolText.BODY_FIELDS);
        String place = "'type':'location','body':{'longitude':2,'latitude':1.";
        assertThat(Readers.speak(place + "0".repeat(30) + "}")).isInstanceOf(Request.Speak.class);
        Readers.assertRefused(Readers.speak(place + "0".repeat(31) + "}"), ProtocolText.BODY_PLACE);
        Readers.assertRefused(
                Readers.speak("'content':'x','mentions':['bob'" + ",'bob'".repeat(100) + "]"),
                ProtocolText.MENTIONS_FORM);
    }

    @Test
    void whoTheClientSaysItIsIsKept() {
        assertThat(Readers.spoken("'content':'x','from_user_id':10086").from()).isEqualTo(new UserId("10086"));
        assertThat(Readers.spoken("'content':'x'").from()).isNull();
        Readers.assertRefused(
                Readers.speak("'content':'x','from_user_id':'" + "x".repeat(65) + "'"), ProtocolText.FROM_USER_ID_MAX);
    }
}
