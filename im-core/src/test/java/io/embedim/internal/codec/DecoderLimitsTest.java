package io.embedim.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.embedim.model.Limits;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol, common rules: nesting 64, 64 keys an object, both settable; within them anything may be long. */
class DecoderLimitsTest {

    private final ClassicDecoder decoder = new ClassicDecoder(Limits.defaults());

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64})
    void nestingUpToTheLimitIsRead(int depth) {
        assertThat(decoder.decode(objects(depth)).mode()).isEqualTo("1");
        assertThat(decoder.decode(arrays(depth)).mode()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 66, 128, 10_000})
    void nestingBeyondTheLimitIsNoJson(int depth) {
        assertRefused(decoder, objects(depth), ProtocolText.INVALID_JSON);
        assertRefused(decoder, arrays(depth), ProtocolText.INVALID_JSON);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void nestingOfWhatIsNoObjectCountsToo(int depth) {
        assertRefused(decoder, "[".repeat(depth) + "]".repeat(depth), ProtocolText.NOT_AN_OBJECT);
        assertRefused(decoder, "[".repeat(65) + "]".repeat(65), ProtocolText.INVALID_JSON);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 500, 30_000})
    void theNestingLimitIsSettable(int limit) {
        ClassicDecoder other =
                new ClassicDecoder(Limits.defaults().withFrameBytes(1 << 20).withJson(limit, 64));

        assertThat(other.decode(objects(limit)).mode()).isEqualTo("1");
        assertRefused(other, objects(limit + 1), ProtocolText.INVALID_JSON);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64})
    void keysUpToTheLimitAreRead(int count) {
        assertThat(decoder.decode(keys(count)).json()).isEqualTo(keys(count));
        assertThat(decoder.decode("{\"x\":[" + keys(count) + "," + keys(count) + "]}")
                        .mode())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 66, 1_000})
    void keysBeyondTheLimitAreNoJsonAtAnyLevel(int count) {
        assertRefused(decoder, keys(count), ProtocolText.INVALID_JSON);
        assertRefused(decoder, "{\"x\":" + keys(count) + "}", ProtocolText.INVALID_JSON);
        assertRefused(decoder, "{\"x\":[1,[" + keys(count) + "]]}", ProtocolText.INVALID_JSON);
    }

    @Test
    void theLimitOfKeysIsSettable() {
        ClassicDecoder other = new ClassicDecoder(Limits.defaults().withJson(64, 3));

        assertThat(other.decode(keys(3)).json()).isEqualTo(keys(3));
        assertRefused(other, keys(4), ProtocolText.INVALID_JSON);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 63})
    void aKeyTwiceIsFoundAtEveryDepth(int depth) {
        String twice = "{\"mode\":1,\"a\":0,\"a\":0}";

        assertRefused(decoder, "{\"a\":".repeat(depth) + twice + "}".repeat(depth), ProtocolText.INVALID_JSON);
        assertRefused(
                decoder,
                "{\"a\":" + "[".repeat(depth - 1) + twice + "]".repeat(depth - 1) + "}",
                ProtocolText.INVALID_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode",
                "group_id",
                "from_user_id",
                "from_username",
                "from_avatar",
                "content",
                "event",
                "to_user_id",
                "unknown"
            })
    void aFieldTwiceIsRefusedWhicheverItIs(String field) {
        assertRefused(decoder, "{\"" + field + "\":1,\"" + field + "\":1}", ProtocolText.INVALID_JSON);
    }

    @Test
    void longNumbersStringsAndKeysAreReadUpToTheFramesLength() {
        ClassicDecoder large = new ClassicDecoder(Limits.defaults().withFrameBytes(1 << 20));
        String digits = "7".repeat(1_000_000);
        String text = "x".repeat(1_000_000);

        assertThat(large.decode("{\"from_user_id\":" + digits + "}").fromUserId())
                .isEqualTo(digits);
        assertThat(large.decode("{\"content\":\"" + text + "\"}").content()).isEqualTo(text);
        assertThat(large.decode("{\"" + text + "\":1}").mode()).isNull();
        assertThat(large.decode("{\"x\":1." + digits.substring(9) + "e9999}").mode())
                .isNull();
    }

    @Test
    void namesThatCollideInOneFrameDoNotSpoilTheNext() {
        ClassicDecoder open = new ClassicDecoder(Limits.defaults().withJson(64, 5_000));

        for (int round = 0; round < 20; round++) {
            String frame = HashCollisions.object(200, round * 200);
            assertThat(open.decode(frame).json()).isEqualTo(frame);
        }
        assertThat(open.decode("{\"mode\":1}").mode()).isEqualTo("1");
    }

    private static String objects(int depth) {
        return depth == 1
                ? "{\"mode\":1}"
                : "{\"mode\":1,\"x\":" + "{\"x\":".repeat(depth - 2) + "{}" + "}".repeat(depth - 1);
    }

    private static String arrays(int depth) {
        return "{\"mode\":1,\"x\":" + "[".repeat(depth - 1) + "0".repeat(depth == 1 ? 1 : 0) + "]".repeat(depth - 1)
                + "}";
    }

    private static String keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":" + i)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void assertRefused(ClassicDecoder decoder, String json, ProtocolText text) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> decoder.decode(json))
                .satisfies(refusal -> assertThat(refusal.text()).isEqualTo(text));
    }
}
