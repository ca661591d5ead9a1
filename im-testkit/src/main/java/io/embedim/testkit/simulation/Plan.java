package io.embedim.testkit.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * All that a run is made of. The same plan always makes the same run.
 *
 * @param seed what chance begins with: delays, orders, ids
 * @param clients how many clients there are; the first two are of one user
 * @param latency how long a message is under way at most, in milliseconds
 * @param steps what happens, in order
 */
public record Plan(long seed, int clients, int latency, List<Step> steps) {

    private static final int LONGEST = 60;
    private static final int SHORTEST = 8;

    /** Keeps a copy. */
    public Plan {
        steps = List.copyOf(steps);
    }

    /**
     * The plan of a seed. Half of the seeds leave some kinds of faults out, so that each kind is seen alone too.
     *
     * @param seed the seed
     * @return the plan
     */
    public static Plan of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int clients = 2 + random.nextInt(4);
        int latency = 1 + random.nextInt(random.nextBoolean() ? 20 : 300);
        Set<Step.Kind> kinds = EnumSet.allOf(Step.Kind.class);
        if (random.nextBoolean()) {
            kinds.removeIf(kind -> kind.isFault() && random.nextInt(3) > 0);
        }
        // A loss of everything excuses much else; most runs do without.
        if (random.nextInt(4) > 0) {
            kinds.remove(Step.Kind.LOSE);
        }
        if (random.nextBoolean()) {
            kinds.remove(Step.Kind.PROMOTE);
        }
        List<Step.Kind> hat = new ArrayList<>();
        kinds.forEach(kind -> {
            for (int i = 0; i < kind.weight(); i++) {
                hat.add(kind);
            }
        });
        int length = SHORTEST + random.nextInt(LONGEST - SHORTEST);
        List<Step> steps = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            if (random.nextInt(8) > 0) {
                steps.add(new Step(200L + random.nextInt(300), Step.Kind.JOIN, client, 0));
            }
        }
        long at = 1_000;
        for (int i = 0; i < length; i++) {
            // Bursts, so that things overlap.
            at += random.nextInt(4) == 0 ? random.nextInt(1_500) : random.nextInt(60);
            steps.add(new Step(
                    at, hat.get(random.nextInt(hat.size())), random.nextInt(clients), random.nextInt(1 << 16)));
        }
        steps.sort(Comparator.comparingLong(Step::at));
        return new Plan(seed, clients, latency, steps);
    }

    /**
     * The same with other steps.
     *
     * @param kept those that are left
     * @return a copy
     */
    public Plan with(List<Step> kept) {
        return new Plan(seed, clients, latency, kept);
    }

    /**
     * The same with fewer clients; what was about the others is about one of these.
     *
     * @param fewer how many, 2 or more
     * @return a copy
     */
    public Plan with(int fewer) {
        return new Plan(seed, fewer, latency, steps);
    }

    /**
     * The plan of a seed with some of its steps, as {@link #numbers()} names them.
     *
     * @param numbers which, counted from 0
     * @return a copy
     */
    public Plan keeping(List<Integer> numbers) {
        return with(numbers.stream().map(steps::get).toList());
    }

    /**
     * Which of its seed's steps this plan has, so that it can be made again.
     *
     * @return numbers with commas between them, counted from 0
     */
    public String numbers() {
        List<Step> all = of(seed).steps();
        return steps.stream().map(step -> String.valueOf(all.indexOf(step))).collect(Collectors.joining(","));
    }

    /**
     * When the last step happens.
     *
     * @return milliseconds from the beginning
     */
    long end() {
        return steps.isEmpty() ? 0 : steps.get(steps.size() - 1).at();
    }
}
