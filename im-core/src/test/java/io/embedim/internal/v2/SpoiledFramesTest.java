package io.embedim.internal.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.Message;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Frames with parts left out, put elsewhere and exchanged: each is refused, answered or understood, and what is understood is written as JSON that says it. */
class SpoiledFramesTest {

    private static final int FRAMES = Integer.getInteger("embedim.fuzz.frames", 60_000);
    private static final long SEED = Long.getLong("embedim.fuzz.seed", 20_260_101L);
    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|-?[0-9][-+.eE0-9]*|[a-z]+|.");

    private static final String VALID = ("{'event':'speak','group_id':7,'id':'" + Readers.ID
                    + "','type':'image','content':'','body':{'url':'/files/9f','name':'cat.png','size':48213,'more':{'a':[1.50,null,{'b':'\\u8bf4'}]}},'mentions':['bob',7],'reply_to':{'seq':3,'mid':'m'},'x':{'seq':1}}\n"
                    + "{'event':'speak','to_user_id':'bob','id':'" + Readers.ID
                    + "','content':'hello','mode':1,'verified':true}\n"
                    + "[{'event':'edit','conv':'p:3:ann:bob','id':'" + Readers.ID
                    + "','target':{'seq':4,'mid':'m4'},'base_rev':0,'content':'hello!'},{'event':'ping','id':'1'}]\n"
                    + "{'id':'s','event':'sync','conversations':[{'conv':'g:7','position':{'epoch':'e','seq':5,'mid':'m'}},{'to_user_id':'bob','last':50}],'directory':{'epoch':'','version':0}}\n"
                    + "{'event':'history','conv':'g:7','epoch':'e1','before':120,'limit':50}\n"
                    + "{'event':'presence','users':['bob',10086]}")
            .replace('\'', '"');

    private static final List<String> OTHERS = List.of(
            "null",
            "true",
            "-1",
            "1e400",
            "9".repeat(70),
            "[]",
            "{}",
            "\"\"",
            "\"@all\"",
            "\"location\"",
            "\"text\"",
            "\"recall\"",
            "\"\\ud83d\"",
            "\"\\u0000\"",
            "\"__proto__\"",
            "\"latitude\"",
            "[[[{\"a\":{}}]]]",
            "NaN",
            ",",
            "}");

    private final SplittableRandom random = new SplittableRandom(SEED);
    private int understood;
    private int refused;

    @Test
    void everyFrameIsUnderstoodOrRefusedAndNothingElseHappens() {
        List<List<String>> frames = VALID.lines()
                .map(frame ->
                        TOKEN.matcher(frame).results().map(MatchResult::group).toList())
                .toList();

        for (int i = 0; i < FRAMES; i++) {
            read(spoil(new ArrayList<>(frames.get(random.nextInt(frames.size())))));
        }

        assertThat(understood).isGreaterThan(FRAMES / 50);
        assertThat(refused).isGreaterThan(FRAMES / 10);
    }

    private String spoil(List<String> tokens) {
        for (int times = 1 + random.nextInt(3); times > 0 && tokens.size() > 1; times--) {
            int at = random.nextInt(tokens.size());
            String token = tokens.get(at);
            boolean value = !"{}[]:,".contains(token);
            switch (random.nextInt(value ? 4 : 6)) {
                case 0, 1 -> tokens.set(at, value ? OTHERS.get(random.nextInt(OTHERS.size())) : token);
                case 2, 3 -> tokens.set(at, value ? tokens.get(random.nextInt(tokens.size())) : token + " ");
                case 4 -> tokens.remove(at);
                default -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
            }
        }
        return String.join("", tokens);
    }

    private void read(String text) {
        List<Item> items;
        try {
            items = Readers.USUAL.read(text);
        } catch (ProtocolException e) {
            assertThat(e.text()).as(text).isIn(ProtocolText.INVALID_JSON, ProtocolText.NOT_AN_OBJECT);
            refused++;
            return;
        }
        assertThat(items).as(text).isNotEmpty();
        JsonNode sent = Json.parse(text);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Fault fault) {
                assertThat(fault.code()).as(text).isIn(ErrorCode.BAD_REQUEST, ErrorCode.NOT_FOUND);
            } else if (items.get(i) instanceof Request.Speak speak) {
                understood++;
                assertSaysIt(speak.words(), sent.isArray() ? sent.get(i) : sent);
            }
        }
    }

    private static void assertSaysIt(Words words, JsonNode sent) {
        Message message = Messages.at5(Messages.draft(words.content(), words.fields()));
        JsonNode written = Json.parse(Frames.entry(message).text()).get("data");

        assertThat(written.get("from_user_id").asString()).isEqualTo("ann");
        assertThat(written.get("seq").asLong()).isEqualTo(5);
        assertThat(written.get("verified").asBoolean()).isTrue();
        assertThat(written.get("body")).isEqualTo(orAbsent(sent.get("body")));
        sent.forEachEntry((name, value) -> {
            if (name.equals("x") || name.equals("verified")) {
                assertThat(written.get("ext").get(name)).isEqualTo(value);
            }
        });
        ClassicForm form = ClassicForm.of(message);
        assertThat(form).isNotNull();
        Json.parse(Objects.requireNonNull(form).json());
    }

    private static @Nullable JsonNode orAbsent(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node;
    }
}
