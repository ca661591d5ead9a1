package io.embedim.internal.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.ValidationRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames that break one rule of docs/protocol-v2.md each: V-FRAME, "Which conversation", "Positions", and the fields of frames that say nothing. */
class FrameRulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'id':''                                    | ID_FORM",
                "'id':5                                     | ID_FORM",
                "'id':['a']                                 | ID_FORM",
                "'x':1                                      | CONVERSATION_ONE",
                "'group_id':null                            | CONVERSATION_ONE",
                "'group_id':7,'to_user_id':'bob'            | CONVERSATION_ONE",
                "'group_id':7,'conv':'g:7'                  | CONVERSATION_ONE",
                "'conv':'p:3:ann:bob','to_user_id':'bob'    | CONVERSATION_ONE",
                "'group_id':7,'to_user_id':[]               | TO_USER_ID_REQUIRED",
                "'group_id':''                              | GROUP_ID_REQUIRED",
                "'group_id':true                            | GROUP_ID_REQUIRED",
                "'group_id':7.0                             | GROUP_ID_REQUIRED",
                "'group_id':-7                              | GROUP_ID_REQUIRED",
                "'group_id':0                               | GROUP_ID_FORM",
                "'group_id':'0'                             | GROUP_ID_FORM",
                "'group_id':'a'                             | GROUP_ID_FORM",
                "'group_id':'7\\n'                          | GROUP_ID_FORM",
                "'to_user_id':''                            | TO_USER_ID_REQUIRED",
                "'to_user_id':1.5                           | TO_USER_ID_REQUIRED",
                "'to_user_id':-0                            | TO_USER_ID_REQUIRED",
                "'conv':7                                   | NOT_FOUND",
                "'conv':''                                  | NOT_FOUND",
                "'conv':'7'                                 | NOT_FOUND",
                "'conv':'g:a'                               | NOT_FOUND",
                "'conv':'g:0'                               | NOT_FOUND",
                "'conv':'p:3:bob:ann'                       | NOT_FOUND",
                "'conv':'p:03:ann:bob'                      | NOT_FOUND",
                "'group_id':7,'mode':1                      | MODE_FITS",
                "'conv':'g:7','mode':'1'                    | MODE_FITS",
                "'to_user_id':'bob','mode':2                | MODE_FITS",
                "'conv':'p:3:ann:bob','mode':2              | MODE_FITS",
                "'group_id':7,'mode':3                      | MODE_IN",
                "'group_id':7,'mode':2.0                    | MODE_IN",
                "'group_id':7,'mode':true                   | MODE_IN",
                "'group_id':7,'mode':[2]                    | MODE_IN",
                "'group_id':7,'mode':''                     | MODE_IN"
            })
    void aConversationIsNamedInExactlyOneWay(String members, ProtocolText text) {
        Readers.assertRefused(Readers.read("{'event':'typing'," + members + "}"), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'group_id':7,'mode':2",
                "'group_id':'0100','mode':'2'",
                "'conv':'g:7','mode':2",
                "'to_user_id':'bob','mode':1,'group_id':null",
                "'to_user_id':-5",
                "'conv':'p:3:ann:bob','mode':'1'",
                "'conv':'g:7','id':'1','to_user_id':null,'last':'x','position':5,'body':{}",
                "'conv':'g:\\u0037','mode':null"
            })
    void theseNameOne(String members) {
        assertThat(Readers.read("{'event':'typing'," + members + "}")).isInstanceOf(Request.Typing.class);
    }

    @Test
    void whatIsNoConversationIsAnsweredAsIfItDidNotExist() {
        Item item = Readers.read("{'event':'typing','id':'t','conv':'g:x'}");

        assertThat(item).isEqualTo(new Fault(ErrorCode.NOT_FOUND, ProtocolText.NOT_FOUND, "typing", "t"));
    }

    @Test
    void theFormOfGroupsIsTheOneOfTheServer() {
        RequestReader reader = Readers.with(ValidationRules.defaults().withGroupIdForm(id -> id.equals("room")));

        assertThat(reader.read("{\"event\":\"typing\",\"group_id\":\"room\"}").get(0))
                .isInstanceOf(Request.Typing.class);
        assertThat(reader.read("{\"event\":\"typing\",\"conv\":\"g:room\"}").get(0))
                .isInstanceOf(Request.Typing.class);
        Readers.assertRefused(
                reader.read("{\"event\":\"typing\",\"group_id\":7}").get(0), ProtocolText.GROUP_ID_FORM);
        Readers.assertRefused(
                reader.read("{\"event\":\"typing\",\"conv\":\"g:7\"}").get(0), ProtocolText.NOT_FOUND);
    }

    @Test
    void idsHave64CodePointsAtMost() {
        String longest = "😀".repeat(64);

        assertThat(Readers.read("{'event':'typing','to_user_id':'" + longest + "'}"))
                .isInstanceOf(Request.Typing.class);
        Readers.assertRefused(
                Readers.read("{'event':'typing','to_user_id':'" + longest + "x'}"), ProtocolText.TO_USER_ID_MAX);
        Readers.assertRefused(
                Readers.read("{'event':'typing','group_id':'" + "7".repeat(65) + "'}"), ProtocolText.GROUP_ID_FORM);
        Readers.assertRefused(
                Readers.read("{'event':'presence','users':['" + longest + "x']}"), ProtocolText.USERS_FORM);
        Readers.assertRefused(Readers.read("{'event':'ping','id':'" + "x".repeat(65) + "'}"), ProtocolText.ID_FORM);
        assertThat(Readers.read("{'event':'ping','id':'" + "x".repeat(64) + "'}"))
                .isInstanceOf(Request.Ping.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'event':'Ping'}                                                       | UNKNOWN_EVENT",
                "{'event':null}                                                         | UNKNOWN_EVENT",
                "{'event':['ping']}                                                     | UNKNOWN_EVENT",
                "{'event':'hello'}                                                      | UNKNOWN_EVENT",
                "{'event':'join','to_user_id':'bob'}                                    | GROUP_ID_REQUIRED",
                "{'event':'join','conv':'p:3:ann:bob'}                                  | GROUP_ID_REQUIRED",
                "{'event':'leave','to_user_id':'bob'}                                   | GROUP_ID_REQUIRED",
                "{'event':'members','conv':'p:3:ann:bob'}                               | GROUP_ID_REQUIRED",
                "{'event':'join','group_id':7,'last':0}                                 | START_FORM",
                "{'event':'join','group_id':7,'last':101}                               | START_FORM",
                "{'event':'join','group_id':7,'last':'5'}                               | START_FORM",
                "{'event':'join','group_id':7,'last':5.0}                               | START_FORM",
                "{'event':'join','group_id':7,'last':-5}                                | START_FORM",
                "{'event':'join','group_id':7,'last':99999999999999999999}              | START_FORM",
                "{'event':'join','group_id':7,'last':5,'position':{'epoch':'','seq':0,'mid':''}} | START_FORM",
                "{'event':'join','group_id':7,'position':{}}                            | POSITION_FORM",
                "{'event':'read','group_id':7}                                          | POSITION_FORM",
                "{'event':'read','group_id':7,'position':[]}                            | POSITION_FORM",
                "{'event':'read','group_id':7,'position':{'seq':1,'mid':'m'}}           | POSITION_FORM",
                "{'event':'read','group_id':7,'position':{'epoch':'e','mid':'m'}}       | POSITION_FORM",
                "{'event':'read','group_id':7,'position':{'epoch':'e','seq':1}}         | POSITION_FORM",
                "{'event':'recv','group_id':7,'position':{'epoch':'e','seq':-1,'mid':''}} | POSITION_FORM",
                "{'event':'recv','group_id':7,'position':{'epoch':'e','seq':1.0,'mid':''}} | POSITION_FORM",
                "{'event':'recv','group_id':7,'position':{'epoch':'e','seq':9007199254740992,'mid':''}} | POSITION_FORM",
                "{'event':'recv','group_id':7,'position':{'epoch':1,'seq':1,'mid':''}}  | POSITION_FORM",
                "{'event':'sync','conversations':{}}                                    | CONVERSATIONS_FORM",
                "{'event':'sync','conversations':['g:7']}                               | CONVERSATIONS_FORM",
                "{'event':'sync','conversations':[{'conv':'g:7'}]}                      | START_FORM",
                "{'event':'sync','conversations':[{'last':5}]}                          | CONVERSATION_ONE",
                "{'event':'sync','conversations':[{'conv':'g','last':5}]}               | NOT_FOUND",
                "{'event':'sync','conversations':[{'conv':'g:7','position':5}]}         | POSITION_FORM",
                "{'event':'sync','directory':{'epoch':'d'}}                             | DIRECTORY_FORM",
                "{'event':'sync','directory':{'epoch':'d','version':-1}}                | DIRECTORY_FORM",
                "{'event':'sync','directory':'d'}                                       | DIRECTORY_FORM",
                "{'event':'history','conv':'g:7','before':5}                            | BEFORE_FORM",
                "{'event':'history','conv':'g:7','epoch':'e'}                           | BEFORE_FORM",
                "{'event':'history','conv':'g:7','epoch':5,'before':5}                  | BEFORE_FORM",
                "{'event':'history','conv':'g:7','epoch':'e','before':0}                | BEFORE_FORM",
                "{'event':'history','conv':'g:7','epoch':'e','before':5,'limit':0}      | BEFORE_FORM",
                "{'event':'history','conv':'g:7','epoch':'e','before':5,'limit':101}    | BEFORE_FORM",
                "{'event':'presence'}                                                   | USERS_FORM",
                "{'event':'presence','users':'bob'}                                     | USERS_FORM",
                "{'event':'presence','users':['bob','']}                                | USERS_FORM",
                "{'event':'presence','users':[['bob']]}                                 | USERS_FORM",
                "{'event':'presence','users':[null]}                                    | USERS_FORM",
                "{'event':'members','group_id':7,'cursor':5}                            | CURSOR_FORM",
                "{'event':'auth'}                                                       | TICKET_REQUIRED",
                "{'event':'auth','ticket':''}                                           | TICKET_REQUIRED",
                "{'event':'auth','ticket':5}                                            | TICKET_REQUIRED"
            })
    void aFrameThatBreaksARuleIsToldWhich(String frame, ProtocolText text) {
        Readers.assertRefused(Readers.read(frame), text);
    }

    @Test
    void namesThatTheServerMadeHave128CharsAtMost() {
        String start = "{'event':'read','group_id':7,'position':{'seq':1,'epoch':'";
        String longest = "x".repeat(128);

        assertThat(Readers.read(start + longest + "','mid':'" + longest + "'}}"))
                .isInstanceOf(Request.Mark.class);
        Readers.assertRefused(
                Readers.read(start + longest + "x','mid':'" + longest + "'}}"), ProtocolText.POSITION_FORM);
        Readers.assertRefused(
                Readers.read(start + longest + "','mid':'" + longest + "x'}}"), ProtocolText.POSITION_FORM);
    }

    @Test
    void listsHave100ElementsAtMost() {
        String users = "'bob'" + ",'bob'".repeat(99);
        String wanted = "{'group_id':7,'last':5}" + ",{'group_id':7,'last':5}".repeat(99);

        assertThat(Readers.read("{'event':'presence','users':[" + users + "]}")).isInstanceOf(Request.Presence.class);
        assertThat(Readers.read("{'event':'sync','conversations':[" + wanted + "]}"))
                .isInstanceOf(Request.Sync.class);
        Readers.assertRefused(
                Readers.read("{'event':'presence','users':[" + users + ",'bob']}"), ProtocolText.USERS_FORM);
        Readers.assertRefused(
                Readers.read("{'event':'sync','conversations':[" + wanted + ",{}]}"), ProtocolText.CONVERSATIONS_FORM);
    }
}
