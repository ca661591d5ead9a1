package io.embedim.internal.v2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is relayed and kept of a speak: its own fields written anew, and nothing that a client could pass off as the server's. */
class WordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'content':'hi'                                   | 'type':'text','content':'hi'",
                "'type':null,'content':'\\u0068\\/\\u8bf4\\n\\\"' | 'type':'text','content':'h/说\\n\\\"'",
                "'reply_to':{'mid':'m','x':1,'seq':3},'mentions':[10086,'@all'],'content':'hi','type':'text' | 'type':'text','content':'hi','mentions':['10086','@all'],'reply_to':{'seq':3,'mid':'m'}",
                "'content':'hi','mentions':[],'reply_to':null,'body':null | 'type':'text','content':'hi'",
                "'type':'custom','body':{},'content':''           | 'type':'custom','body':{}",
                "'type':'custom','body':{ 'b' : [ 1 , {'c':null} , [] ] ,'a':true } | 'type':'custom','body':{'b':[1,{'c':null},[]],'a':true}",
                "'type':'custom','body':{'a':1.50,'b':-0,'c':1E+5,'d':12345678901234567890123456789012345678901234567890,'e':1e400} | 'type':'custom','body':{'a':1.50,'b':-0,'c':1E+5,'d':12345678901234567890123456789012345678901234567890,'e':1e400}",
                "'type':'custom','body':{'__proto__':{'x':1},'constructor':2,'':3,'\\u0022':4} | 'type':'custom','body':{'__proto__':{'x':1},'constructor':2,'':3,'\\\"':4}",
                "'seq':9,'content':'hi','verified':true           | 'type':'text','content':'hi','ext':{'seq':9,'verified':true}",
                "'content':'hi','rev':1,'recalled':true,'mid':'m','prev':'p','epoch':'e','ts':1 | 'type':'text','content':'hi','ext':{'rev':1,'recalled':true,'mid':'m','prev':'p','epoch':'e','ts':1}",
                "'content':'hi','from_username':'Root','from_avatar':'x','from_user_id':'ann','mode':2 | 'type':'text','content':'hi'",
                "'content':'hi','user_id':'bob','code':1,'data':{'event':'recall'} | 'type':'text','content':'hi','ext':{'user_id':'bob','code':1,'data':{'event':'recall'}}",
                "'content':'hi','ext':{'ext':1},'x':null          | 'type':'text','content':'hi','ext':{'ext':1,'x':null}",
                "'x':null,'ext':{ 'content' : 'a' , 'seq':[ 9 ]},'content':'hi' | 'type':'text','content':'hi','ext':{'x':null,'content':'a','seq':[9]}",
                "'content':'hi','ext':{}                          | 'type':'text','content':'hi'",
                "'content':'hi','ext':null                        | 'type':'text','content':'hi'",
                "'content':'hi','target':5,'last':'x','ticket':[] | 'type':'text','content':'hi','ext':{'target':5,'last':'x','ticket':[]}",
                "'content':'a\\\",\\\"verified\\\":true,\\\"b\\\":\\\"'   | 'type':'text','content':'a\\\",\\\"verified\\\":true,\\\"b\\\":\\\"'",
                "'content':'hi','a\\\":1,\\\"seq\\\":2,\\\"b':3      | 'type':'text','content':'hi','ext':{'a\\\":1,\\\"seq\\\":2,\\\"b':3}"
            })
    void fieldsAreWrittenAnew(String members, String fields) {
        Words words = Readers.spoken(members).words();

        assertThat(words.fields().replace('"', '\'').replace("\\'", "\\\"")).isEqualTo(fields);
        Json.parse("{" + words.fields() + "}");
    }

    @Test
    void onlyAllMentionsEverybody() {
        assertThat(Readers.spoken("'content':'x','mentions':['bob','@all']")
                        .words()
                        .mentionsAll())
                .isTrue();
        assertThat(Readers.spoken("'content':'@all','mentions':['@ALL']")
                        .words()
                        .mentionsAll())
                .isFalse();
    }

    @Test
    void anEditKeepsItsExtAndNothingElse() {
        Request.Edit edit = (Request.Edit)
                Readers.read(
                        "{'event':'edit','id':'" + Readers.ID
                                + "','conv':'g:7','target':{'seq':1,'mid':'m'},'base_rev':0,'content':'x','seq':5,'y':{'z':1},'ext':{'a':[1]}}");

        assertThat(edit.words())
                .isEqualTo(new Words("text", "x", "\"type\":\"text\",\"content\":\"x\",\"ext\":{\"a\":[1]}", false));
    }

    @Test
    void aPictureOfTheSenderIsAdded() {
        Words words = Readers.spoken("'content':'x'").words();

        assertThat(words.fieldsWith(null)).isEqualTo(words.fields());
        assertThat(words.fieldsWith("a\"b"))
                .isEqualTo("\"type\":\"text\",\"content\":\"x\",\"from_avatar\":\"a\\\"b\"");
    }
}
