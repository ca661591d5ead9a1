package io.embedim.internal.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.internal.codec.ClassicDecoder;
import io.embedim.model.Limits;
import io.embedim.protocol.ClientFrame;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.ValidationRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Classic: the rules, and their order. */
class RequestValidatorTest {

    private static final ValidationRules STRICT = ValidationRules.defaults().withAvatarRequired(true);
    private static final String FACE = "😀";

    /** A way to break one rule of a valid private {@code speak}: the JSON that stands in a field, or null for leaving it out. */
    record Fault(ProtocolText rule, String field, @Nullable String json) {
        @Override
        public String toString() {
            return rule.key() + " by " + field + "="
                    + (json != null && json.length() > 20 ? json.substring(0, 20) : json);
        }
    }

    private static final List<Fault> FAULTS = List.of(
            new Fault(ProtocolText.MODE_REQUIRED, "mode", null),
            new Fault(ProtocolText.MODE_REQUIRED, "mode", "null"),
            new Fault(ProtocolText.MODE_REQUIRED, "mode", "\"\""),
            new Fault(ProtocolText.MODE_REQUIRED, "mode", "[1]"),
            new Fault(ProtocolText.MODE_IN, "mode", "3"),
            new Fault(ProtocolText.MODE_IN, "mode", "0"),
            new Fault(ProtocolText.MODE_IN, "mode", "-1"),
            new Fault(ProtocolText.MODE_IN, "mode", "true"),
            new Fault(ProtocolText.MODE_IN, "mode", "1.0"),
            new Fault(ProtocolText.MODE_IN, "mode", "\"01\""),
            new Fault(ProtocolText.MODE_IN, "mode", "\" 1\""),
            new Fault(ProtocolText.MODE_IN, "mode", "\"one\""),
            new Fault(ProtocolText.GROUP_ID_REQUIRED, "group_id", null),
            new Fault(ProtocolText.GROUP_ID_REQUIRED, "group_id", "\"\""),
            new Fault(ProtocolText.GROUP_ID_REQUIRED, "group_id", "-1"),
            new Fault(ProtocolText.GROUP_ID_REQUIRED, "group_id", "1.5"),
            new Fault(ProtocolText.GROUP_ID_FORM, "group_id", "\"x\""),
            new Fault(ProtocolText.GROUP_ID_FORM, "group_id", "\"-1\""),
            new Fault(ProtocolText.GROUP_ID_FORM, "group_id", "\"1 \""),
            new Fault(ProtocolText.GROUP_ID_FORM, "group_id", "\"１\""),
            new Fault(ProtocolText.GROUP_ID_FORM, "group_id", "1".repeat(65)),
            new Fault(ProtocolText.FROM_USER_ID_REQUIRED, "from_user_id", null),
            new Fault(ProtocolText.FROM_USER_ID_REQUIRED, "from_user_id", "\"\""),
            new Fault(ProtocolText.FROM_USER_ID_REQUIRED, "from_user_id", "false"),
            new Fault(ProtocolText.FROM_USER_ID_MAX, "from_user_id", '"' + "x".repeat(65) + '"'),
            new Fault(ProtocolText.FROM_USER_ID_MAX, "from_user_id", '"' + FACE.repeat(65) + '"'),
            new Fault(ProtocolText.FROM_USER_ID_MAX, "from_user_id", "9".repeat(65)),
            new Fault(ProtocolText.FROM_USERNAME_REQUIRED, "from_username", null),
            new Fault(ProtocolText.FROM_USERNAME_REQUIRED, "from_username", "{}"),
            new Fault(ProtocolText.FROM_USERNAME_MAX, "from_username", '"' + "名".repeat(65) + '"'),
            new Fault(ProtocolText.FROM_USERNAME_MAX, "from_username", '"' + FACE.repeat(65) + '"'),
            new Fault(ProtocolText.FROM_AVATAR_REQUIRED, "from_avatar", null),
            new Fault(ProtocolText.FROM_AVATAR_REQUIRED, "from_avatar", "\"\""),
            new Fault(ProtocolText.FROM_AVATAR_REQUIRED, "from_avatar", "true"),
            new Fault(ProtocolText.CONTENT_REQUIRED, "content", null),
            new Fault(ProtocolText.CONTENT_REQUIRED, "content", "\"\""),
            new Fault(ProtocolText.CONTENT_REQUIRED, "content", "5"),
            new Fault(ProtocolText.CONTENT_REQUIRED, "content", "[\"x\"]"),
            new Fault(ProtocolText.CONTENT_MAX, "content", '"' + "x".repeat(129) + '"'),
            new Fault(ProtocolText.CONTENT_MAX, "content", '"' + FACE.repeat(129) + '"'),
            new Fault(ProtocolText.CONTENT_MAX, "content", '"' + "\\ud83d\\ude00".repeat(129) + '"'),
            new Fault(ProtocolText.TO_USER_ID_REQUIRED, "to_user_id", null),
            new Fault(ProtocolText.TO_USER_ID_REQUIRED, "to_user_id", "\"\""),
            new Fault(ProtocolText.TO_USER_ID_REQUIRED, "to_user_id", "1.5"),
            new Fault(ProtocolText.TO_USER_ID_MAX, "to_user_id", '"' + FACE.repeat(65) + '"'));

    private static final FrameReader READER = reader(STRICT);

    static List<Fault> faults() {
        return FAULTS;
    }

    static Stream<Arguments> pairs() {
        return FAULTS.stream()
                .flatMap(one -> FAULTS.stream()
                        .filter(other -> !one.field().equals(other.field()))
                        // Without a valid mode nobody knows that it is a private message, so it needs no recipient.
                        .filter(other -> !other.field().equals("to_user_id")
                                || !one.field().equals("mode"))
                        .filter(other -> one.rule().compareTo(other.rule()) < 0)
                        .map(other -> Arguments.of(one, other)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aBrokenRuleIsReported(Fault fault) {
        assertThat(firstBroken(READER, with(fault))).isEqualTo(fault.rule());
    }

    @Test
    void ofTwoBrokenRulesTheFirstWinsWhicheverTheyAre() {
        assertThat(pairs()).hasSizeGreaterThan(700).allSatisfy(pair -> {
            Fault first = (Fault) pair.get()[0];
            Fault second = (Fault) pair.get()[1];
            assertThat(firstBroken(READER, with(first, second)))
                    .as("%s and %s", first, second)
                    .isEqualTo(first.rule());
        });
    }

    @Test
    void ofAllBrokenRulesTheFirstWins() {
        Map<String, String> frame = valid();
        frame.keySet().removeIf(field -> !field.equals("event"));

        for (Map.Entry<String, String> field : valid().entrySet()) {
            ProtocolText broken = firstBroken(READER, json(frame));
            if (broken != null && !field.getKey().equals("event")) {
                assertThat(broken.key()).isEqualTo(field.getKey() + ".required");
            }
            frame.put(field.getKey(), field.getValue());
        }
        assertThat(firstBroken(READER, json(frame))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"from_user_id", "from_username", "to_user_id"})
    void idsHaveUpTo64CodePoints(String field) {
        ProtocolText rule = Stream.of(ProtocolText.values())
                .filter(text -> text.key().equals(field + ".max"))
                .findFirst()
                .orElseThrow();

        for (String letter : List.of("x", "名", FACE, "\\ud83d\\ude00")) {
            assertThat(firstBroken(READER, with(field, '"' + letter.repeat(64) + '"')))
                    .isNull();
            assertThat(firstBroken(READER, with(field, '"' + letter.repeat(65) + '"')))
                    .isEqualTo(rule);
        }
    }

    @Test
    void aGroupIdHasUpTo64Digits() {
        for (String quote : List.of("", "\"")) {
            assertThat(firstBroken(READER, with("group_id", quote + "1".repeat(64) + quote)))
                    .isNull();
            assertThat(firstBroken(READER, with("group_id", quote + "1".repeat(65) + quote)))
                    .isEqualTo(ProtocolText.GROUP_ID_FORM);
        }
    }

    @Test
    void contentHasUpTo128CodePointsOrAsManyAsTheApplicationSays() {
        FrameReader ten = reader(STRICT.withMaxContent(10));

        for (String letter : List.of("x", "说", FACE, "\\n")) {
            assertThat(firstBroken(READER, with("content", '"' + letter.repeat(128) + '"')))
                    .isNull();
            assertThat(firstBroken(READER, with("content", '"' + letter.repeat(129) + '"')))
                    .isEqualTo(ProtocolText.CONTENT_MAX);
            assertThat(firstBroken(ten, with("content", '"' + letter.repeat(10) + '"')))
                    .isNull();
            assertThat(firstBroken(ten, with("content", '"' + letter.repeat(11) + '"')))
                    .isEqualTo(ProtocolText.CONTENT_MAX);
        }
    }

    @Test
    void anAvatarIsNeededOnlyWhereTheApplicationSaysSo() {
        FrameReader lenient = reader(ValidationRules.defaults());

        for (Fault fault : FAULTS) {
            assertThat(firstBroken(lenient, with(fault)))
                    .isEqualTo(fault.rule() == ProtocolText.FROM_AVATAR_REQUIRED ? null : fault.rule());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "\"0\""})
    void group0IsForPrivateMessagesOnly(String group) {
        assertThat(firstBroken(READER, with("group_id", group))).isNull();
        assertThat(firstBroken(READER, with(Map.of("mode", "2", "group_id", group))))
                .isEqualTo(ProtocolText.GROUP_ID_FORM);
        assertThat(firstBroken(READER, with(Map.of("mode", "2", "group_id", group, "event", "\"join\""))))
                .isEqualTo(ProtocolText.GROUP_ID_FORM);
    }

    @Test
    void theFormOfGroupsIsReplaceable() {
        FrameReader any = reader(STRICT.withGroupIdForm(id -> true));
        FrameReader teams = reader(STRICT.withGroupIdForm(id -> id.startsWith("team-")));

        assertThat(firstBroken(any, with(Map.of("mode", "2", "group_id", "\"大家\""))))
                .isNull();
        assertThat(firstBroken(any, with(Map.of("mode", "2", "group_id", "\"\""))))
                .isEqualTo(ProtocolText.GROUP_ID_REQUIRED);
        assertThat(firstBroken(any, with(Map.of("mode", "2", "group_id", '"' + "x".repeat(65) + '"'))))
                .isEqualTo(ProtocolText.GROUP_ID_FORM);
        assertThat(firstBroken(teams, with(Map.of("mode", "2", "group_id", "\"team-1\""))))
                .isNull();
        assertThat(firstBroken(teams, with(Map.of("mode", "2", "group_id", "1"))))
                .isEqualTo(ProtocolText.GROUP_ID_FORM);
    }

    @Test
    void aRecipientIsNeededForAPrivateMessageOnly() {
        for (String recipient : List.of("null", "\"\"", "true", '"' + "x".repeat(65) + '"')) {
            assertThat(firstBroken(READER, with(Map.of("mode", "2", "group_id", "1", "to_user_id", recipient))))
                    .isNull();
            assertThat(firstBroken(READER, with(Map.of("event", "\"join\"", "to_user_id", recipient))))
                    .isNull();
            assertThat(firstBroken(READER, with(Map.of("event", "\"dance\"", "to_user_id", recipient))))
                    .isNull();
            assertThat(firstBroken(READER, with("to_user_id", recipient))).isNotNull();
        }
    }

    private static FrameReader reader(ValidationRules rules) {
        return new FrameReader(
                new ClassicDecoder(Limits.defaults()), new RequestValidator(new HibernateBootstrap(), rules), false);
    }

    private static @Nullable ProtocolText firstBroken(FrameReader reader, String json) {
        try {
            ClientFrame frame = reader.read(json);
            assertThat(frame.json()).isEqualTo(json);
            return null;
        } catch (ProtocolException broken) {
            return broken.text();
        }
    }

    private static Map<String, String> valid() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("event", "\"speak\"");
        fields.put("mode", "1");
        fields.put("group_id", "0");
        fields.put("from_user_id", "10086");
        fields.put("from_username", "\"阿克苏\"");
        fields.put("from_avatar", "\"a.png\"");
        fields.put("content", "\"Hi\"");
        fields.put("to_user_id", "\"10000\"");
        return fields;
    }

    private static String with(Fault... faults) {
        Map<String, String> fields = valid();
        for (Fault fault : faults) {
            String json = fault.json();
            if (json == null) {
                fields.remove(fault.field());
            } else {
                fields.put(fault.field(), json);
            }
        }
        return json(fields);
    }

    private static String with(String field, String json) {
        return with(Map.of(field, json));
    }

    private static String with(Map<String, String> changes) {
        Map<String, String> fields = valid();
        fields.putAll(changes);
        return json(fields);
    }

    private static String json(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> '"' + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
