package io.embedim.internal.codec;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the objects that are open while a frame is read: none twice, not too many.
 *
 * <p>Looking through a few keys costs less than a set. An object with more than a few gets one; its cost does not depend on what the keys are, because strings that collide are kept
 * in order.
 */
public final class Keys {

    /** How many keys of an object are looked through one by one. */
    private static final int FEW = 16;

    private final int maxPerObject;
    private String[] names = new String[16];
    private int[] starts = new int[4];
    private int depth;
    private int end;
    private @Nullable Large large;

    /** The keys of an open object with more than a few, and the next such object around it. */
    private record Large(
            int depth, Set<String> names, @Nullable Large around) {}

    Keys(int maxPerObject) {
        this.maxPerObject = maxPerObject;
    }

    /** Goes into an object. */
    public void open() {
        if (depth == starts.length) {
            starts = Arrays.copyOf(starts, depth * 2);
        }
        starts[depth++] = end;
    }

    /** Comes out of the innermost object. */
    public void close() {
        if (large != null && large.depth == depth) {
            large = large.around;
        }
        end = starts[--depth];
    }

    /** How many the innermost object has. */
    public int count() {
        return end - starts[depth - 1];
    }

    /** False where the innermost object has this key already, or as many as it may have. */
    public boolean add(String name) {
        int start = starts[depth - 1];
        int count = end - start;
        if (count == maxPerObject
                || (count < FEW ? !isNew(name, start) : !names(start).add(name))) {
            return false;
        }
        if (end == names.length) {
            names = Arrays.copyOf(names, end * 2);
        }
        names[end++] = name;
        return true;
    }

    private boolean isNew(String name, int start) {
        for (int i = start; i < end; i++) {
            if (name.equals(names[i])) {
                return false;
            }
        }
        return true;
    }

    private Set<String> names(int start) {
        Large present = large;
        if (present == null || present.depth < depth) {
            Set<String> set = new HashSet<>();
            Collections.addAll(set, Arrays.copyOfRange(names, start, end));
            present = new Large(depth, set, present);
            large = present;
        }
        return present.names;
    }
}
