package io.embedim.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationIdTest {

    @Test
    void whatWasWrittenIsReadAgain() {
        List<String> users = List.of("ann", "bob", "a:b", ":", "1", "12", "3:ann", "g:7", "p:1:a:b", "😀", "说", " ");
        for (String one : users) {
            assertReadAgain(ConversationId.of(new GroupId(one)));
            for (String other : users) {
                assertReadAgain(ConversationId.between(new UserId(one), new UserId(other)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "g",
                "g:",
                "G:7",
                "7",
                " g:7",
                "p",
                "p:",
                "p::",
                "p:3",
                "p:3:",
                "p:3:ann",
                "p:3:ann:",
                "p:3:annxbob",
                "p:3:bob:ann",
                "p:03:ann:bob",
                "p:+3:ann:bob",
                "p:-3:ann:bob",
                "p:3 :ann:bob",
                "p:٣:ann:bob",
                "p:4:ann:bob",
                "p:2:ann:bob",
                "p:0::bob",
                "p:99999999999:ann:bob",
                "p:2147483647:ann:bob",
                "P:3:ann:bob",
                "p:1:\ud83d:\ude00",
                "g:\ud83d"
            })
    void nothingElseIsTakenForAConversation(String text) {
        assertThat(ConversationId.parse(text)).isEmpty();
    }

    @Test
    void anIdThatIsTooLongIsNone() {
        assertThat(ConversationId.parse("g:" + "7".repeat(64))).isPresent();
        assertThat(ConversationId.parse("g:" + "7".repeat(65))).isEmpty();
        assertThat(ConversationId.parse("p:65:" + "a".repeat(65) + ":b")).isEmpty();
    }

    private static void assertReadAgain(ConversationId conversation) {
        assertThat(ConversationId.parse(conversation.toString())).contains(conversation);
    }
}
