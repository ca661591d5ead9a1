package io.embedim.internal.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.Action;
import io.embedim.conversation.Draft;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protocol C3: what classic clients get. */
class ClassicFormTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'content':'hi','x':1                                                      | hi",
                "'content':'hi','body':{'url':'/x'}                                        | hi",
                "'type':'image','content':'caption','body':{'url':'/c.png','name':'cat'}   | [图片] /c.png",
                "'type':'file','body':{'url':'https://a/f','name':'a b.txt'}               | [文件] a b.txt https://a/f",
                "'type':'file','body':{'url':'/f','more':{'name':'x'}}                     | [文件] /f",
                "'type':'voice','body':{'url':'/v','duration':5}                           | [语音] /v",
                "'type':'location','body':{'latitude':31.20,'longitude':-121.5,'name':'外滩'} | [位置] 外滩 31.20,-121.5",
                "'type':'location','body':{'latitude':1,'longitude':2}                     | [位置] 1,2",
                "'type':'custom','content':'x','body':{'url':'/x'}                         | [消息]"
            })
    void everyTypeIsAText(String members, String text) {
        Words words = Readers.spoken(members).words();

        ClassicForm form = ClassicForm.of(Messages.at5(Messages.draft(words.content(), words.fields())));

        assertThat(form)
                .isEqualTo(new ClassicForm(
                        "Ann",
                        text,
                        "{\"event\":\"speak\",\"mode\":2,\"group_id\":7,\"from_user_id\":\"ann\","
                                + "\"from_username\":\"Ann\",\"content\":\"" + text + "\"}"));
    }

    @Test
    void aPrivateOneNamesItsRecipient() {
        Words words = Readers.spoken("'content':'a\\\"b'").words();
        Draft draft = new Draft(
                Messages.PAIR, null, Messages.ANN, "Ann", true, Messages.BOB, words.content(), words.fieldsWith("/a"));

        ClassicForm form = ClassicForm.of(Messages.at5(draft));

        assertThat(form)
                .isEqualTo(new ClassicForm(
                        "Ann",
                        "a\"b",
                        "{\"event\":\"speak\",\"mode\":1,\"group_id\":0,\"from_user_id\":\"ann\","
                                + "\"from_username\":\"Ann\",\"to_user_id\":\"bob\",\"content\":\"a\\\"b\"}"));
    }

    @Test
    void aClassicOneStaysAsItIs() {
        Message message = Messages.at5(Messages.draft("hi", " {'x':1}"));

        assertThat(ClassicForm.of(message)).isEqualTo(new ClassicForm("Ann", "hi", " {\"x\":1}"));
    }

    @Test
    void changesAndMembersDoNotReachThem() {
        EntryRef target = new EntryRef(1, "m1");
        Draft draft = Messages.draft("hi", "'type':'text','content':'hi'");

        assertThat(ClassicForm.of(Messages.at5(draft.doing(new Action.Edit(target, 0)))))
                .isNull();
        assertThat(ClassicForm.of(Messages.doing(new Action.Recall(target, 0, false))))
                .isNull();
        assertThat(ClassicForm.of(Messages.doing(new Action.AddMember(Messages.BOB, 1))))
                .isNull();
        assertThat(ClassicForm.of(Messages.doing(new Action.RemoveMember(Messages.BOB))))
                .isNull();
        assertThat(ClassicForm.of(Messages.at5(Messages.draft("", ""), 1, true)))
                .isNull();
    }
}
