package io.embedim.internal.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the objects that are open while a frame is read: none twice, not too many.
 *
 * <p>Looking through at most a few dozen keys costs less than a set; the limit of keys keeps that true for whoever sends the most.
 */
final class Keys {

    private final int maxPerObject;
    private @Nullable String[] names = new String[16];
    private int[] starts = new int[4];
    private int depth;
    private int end;

    Keys(int maxPerObject) {
        this.maxPerObject = maxPerObject;
    }

    void open() {
        if (depth == starts.length) {
            starts = Arrays.copyOf(starts, depth * 2);
        }
        starts[depth++] = end;
    }

    void close() {
        end = starts[--depth];
    }

    /** False where the innermost object has this key already, or as many as it may have. */
    boolean add(String name) {
        int start = starts[depth - 1];
        if (end - start == maxPerObject) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (name.equals(names[i])) {
                return false;
            }
        }
        if (end == names.length) {
            names = Arrays.copyOf(names, end * 2);
        }
        names[end++] = name;
        return true;
    }
}
