package io.embedim.testkit;

import io.embedim.testkit.conformance.ConformanceCase;
import io.embedim.testkit.conformance.ConformanceCases;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spoils the frames of the conformance cases, again and again in another way: single characters, JSON tokens, structure, values, and pieces of two frames put together. About one in
 * twenty stays whole, so that a server under test also gets to do what it is for.
 *
 * <p>Two mutators with one seed say the same; a failure is repeated with its seed. For one thread.
 */
public final class FrameMutator {

    private static final Pattern TOKEN =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|-?[0-9][-+.eE0-9]*|[a-z]+|[\\[\\]{}:,]|.", Pattern.DOTALL);

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-1",
            "1",
            "2",
            "3",
            "2.0",
            "1e400",
            "1e-400",
            "1E5",
            "9".repeat(30),
            "9".repeat(70),
            "[]",
            "{}",
            "[1]",
            "[[[]]]",
            "{\"a\":{\"a\":{}}}",
            "\"\"",
            "\"0\"",
            "\"1\"",
            "\"2\"",
            "\"02\"",
            "\" \"",
            "\"join\"",
            "\"speak\"",
            "\"ping\"",
            "\"leave\"",
            "\"\\u0000\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "\"\\ude00\"",
            "\"\uD83D\"",
            "\"a\\\"b\\\\c\\n\"",
            "\"" + "x".repeat(64) + "\"",
            "\"" + "x".repeat(65) + "\"",
            "\"" + "😀".repeat(64) + "\"",
            "\"" + "😀".repeat(65) + "\"",
            "\"" + "说".repeat(128) + "\"",
            "\"" + "说".repeat(129) + "\"",
            "NaN",
            "Infinity",
            "'x'",
            "");

    private static final List<String> KEYS = List.of(
            "\"event\"",
            "\"mode\"",
            "\"group_id\"",
            "\"from_user_id\"",
            "\"from_username\"",
            "\"from_avatar\"",
            "\"to_user_id\"",
            "\"content\"",
            "\"m\\u006fde\"",
            "\"\"",
            "\"code\"",
            "\"data\"");

    private static final String CHARACTERS =
            "{}[]\",:\\/+-.0129eEtfnu \t\r\n\0\u007f\u0085\u00a0\u2028\uFEFF\uD83D\uDE00\uFFFE说é";

    private final RandomGenerator random;
    private final List<String> frames;
    private final List<List<String>> tokens;

    /**
     * A mutator of all frames of the classic cases.
     *
     * @param seed what it says
     */
    public FrameMutator(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        frames = ConformanceCases.classic()
                .flatMap(aCase -> aCase.steps().stream())
                .filter(step -> step.action() == ConformanceCase.Action.SEND)
                .map(ConformanceCase.Step::text)
                .filter(text -> text.length() < 4_096)
                .distinct()
                .toList();
        tokens = frames.stream().map(FrameMutator::tokens).toList();
    }

    /**
     * The next frame.
     *
     * @return a text, seldom JSON; may have lone surrogates
     */
    public String next() {
        int which = random.nextInt(frames.size());
        return switch (random.nextInt(20)) {
            case 0 -> frames.get(which);
            case 1, 2, 3, 4 -> characters(frames.get(which));
            case 5, 6, 7, 8 -> misplace(new ArrayList<>(tokens.get(which)));
            case 9, 10, 11, 12, 13, 14 -> values(new ArrayList<>(tokens.get(which)));
            case 15, 16, 17 -> structure(new ArrayList<>(tokens.get(which)));
            default -> splice(frames.get(which), frames.get(random.nextInt(frames.size())));
        };
    }

    private String characters(String frame) {
        StringBuilder text = new StringBuilder(frame);
        for (int times = 1 + random.nextInt(3); times > 0 && !text.isEmpty(); times--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, character());
                case 2 -> text.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(16)));
                default -> text.setCharAt(at, character());
            }
        }
        return text.toString();
    }

    private char character() {
        return CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    }

    private String misplace(List<String> parts) {
        for (int times = 1 + random.nextInt(2); times > 0 && parts.size() > 1; times--) {
            int at = random.nextInt(parts.size());
            int other = random.nextInt(parts.size());
            switch (random.nextInt(4)) {
                case 0 -> parts.remove(at);
                case 1 -> parts.add(at, parts.get(other));
                case 2 -> parts.set(at, parts.get(other));
                default -> parts.set(other, parts.set(at, parts.get(other)));
            }
        }
        return String.join("", parts);
    }

    /** Puts other values in the places of values, which keeps most frames JSON. */
    private String values(List<String> parts) {
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int colon = indexOf(parts, ":", random.nextInt(Math.max(1, parts.size())));
            if (colon >= 0 && colon + 1 < parts.size()) {
                parts.set(colon + 1, any(VALUES));
            }
        }
        return String.join("", parts);
    }

    private String structure(List<String> parts) {
        int brace = indexOf(parts, "{", 0);
        switch (random.nextInt(7)) {
            case 0 -> parts.add(brace + 1, any(KEYS) + ":" + any(VALUES) + ",");
            case 1 -> parts.add(brace + 1, "\"ext\":" + nested(1 + random.nextInt(80)) + ",");
            case 2 -> parts.add(brace + 1, manyKeys(1 + random.nextInt(80)));
            case 3 -> parts.add(any(VALUES));
            case 4 -> parts.add(0, any(VALUES));
            case 5 -> {
                parts.add(0, "[");
                parts.add("]");
            }
            default -> {
                parts.add(0, " \t\r\n");
                parts.add("\n ");
            }
        }
        return String.join("", parts);
    }

    private String nested(int depth) {
        return random.nextBoolean()
                ? "[".repeat(depth) + "]".repeat(depth)
                : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    private static String manyKeys(int count) {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < count; i++) {
            keys.append("\"k").append(i).append("\":0,");
        }
        return keys.toString();
    }

    private String splice(String one, String other) {
        return one.substring(0, random.nextInt(one.length() + 1)) + other.substring(random.nextInt(other.length() + 1));
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static int indexOf(List<String> parts, String token, int from) {
        for (int i = from; i < parts.size(); i++) {
            if (parts.get(i).equals(token)) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> tokens(String frame) {
        List<String> found = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(frame);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
