package io.embedim.internal.codec;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Names of one length that have one hash in the parser's table of names, which multiplies by 33. */
final class HashCollisions {

    private HashCollisions() {}

    /** An object of so many colliding keys, counted from a start. */
    static String object(int keys, int from) {
        return IntStream.range(from, from + keys)
                .mapToObj(i -> '"' + name(i) + "\":0")
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** Each bit chooses one of two pairs of letters that weigh the same: 33 × A + b = 33 × B + A. */
    static String name(int number) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 13; bit++) {
            name.append((number >> bit & 1) == 0 ? "Ab" : "BA");
        }
        return name.toString();
    }
}
