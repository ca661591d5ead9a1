package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Plays the conversation of docs/protocol-v2.md against servers: the frames in the document are the real ones. */
class V2ExchangeTest {

    private static final List<String> DOCUMENTS = List.of("docs/protocol-v2.md", "docs/how-to/history-and-devices.md");

    private final V2Conversation conversation = new V2Conversation();

    @Test
    void theServerAnswersWhatTheDocumentSays() {
        int played = 0;
        for (String document : DOCUMENTS) {
            for (Docs.Block block : Docs.blocks(Docs.ROOT.resolve(document))) {
                if (block.kind().equals("exchange")) {
                    conversation.play(block);
                    played += block.text().isEmpty() ? 0 : 1;
                }
            }
        }

        assertThat(played).isGreaterThan(20);
        assertThat(conversation.differences()).isEmpty();
        assertThat(conversation.unread()).isEmpty();
    }

    @Test
    void everyFrameInTheDocumentsIsPartOfTheConversation() {
        for (String document : DOCUMENTS) {
            Stream<Docs.Block> frames = Docs.blocks(Docs.ROOT.resolve(document)).stream()
                    .filter(block -> block.language().equals("json"));
            String prose =
                    Docs.read(document).replaceAll("(?ms)^```.*?^```", "").replaceAll("<!--.*?-->", "");

            assertThat(frames)
                    .allSatisfy(
                            block -> assertThat(block.kind()).as(block.place()).isEqualTo("exchange"));
            assertThat(prose).as("frames outside of blocks in %s", document).doesNotContain("\"event\":\"");
        }
    }
}
