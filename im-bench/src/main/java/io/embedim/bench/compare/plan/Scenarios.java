package io.embedim.bench.compare.plan;

import java.util.ArrayList;
import java.util.List;

/** All scenarios, in the order in which they are played: what saturates a server comes before what runs at half of that. */
public final class Scenarios {

    /** The sizes of groups that are measured. */
    public static final List<Integer> SIZES = List.of(10, 100, 1000, 5000);

    /** One at a time, and load. */
    public static final List<Integer> WINDOWS = List.of(1, 64);

    /** All of them. */
    public static final List<Scenario> ALL = all();

    private Scenarios() {}

    private static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.add(new Scenario("core", "The core alone", Kind.CORE, 0, 0, true));
        all.add(new Scenario("core-scaling", "The core alone, growing", Kind.CORE, 0, 0, false));
        all.add(new Scenario("private", "Private round trip", Kind.ROUND_TRIP, 2, 1, true));
        for (int window : WINDOWS) {
            for (int size : SIZES) {
                String title = "Group of " + size + (window == 1 ? ", one at a time" : ", " + window + " outstanding");
                boolean quick = size == 100 || (size == 1000 && window > 1);
                all.add(new Scenario(group(size, window), title, Kind.GROUP, size, window, quick));
            }
        }
        all.add(new Scenario("talk", "Many groups of ten, everybody talks", Kind.TALK, 10, 64, true));
        all.add(new Scenario("mixed", "Mixed chat", Kind.MIXED, 0, 64, true));
        all.add(new Scenario("churn", "Leaving and joining", Kind.CHURN, 1000, 64, false));
        all.add(new Scenario(
                "paced-100", "Group of 100 at half the best JVM library's rate", Kind.PACED_GROUP, 100, 64, false));
        all.add(new Scenario(
                "paced-1000", "Group of 1000 at half the best JVM library's rate", Kind.PACED_GROUP, 1000, 64, false));
        all.add(new Scenario(
                "paced-talk", "Many groups at half the best JVM library's rate", Kind.PACED_TALK, 10, 64, true));
        all.add(new Scenario("storm", "Connect storm", Kind.STORM, 0, 64, true));
        all.add(new Scenario("rest", "After all of it", Kind.REST, 0, 0, true));
        all.add(new Scenario("stalled-none", "Twenty readers", Kind.STALLED, 0, 0, false));
        all.add(new Scenario("stalled", "Twenty readers, and members that never read", Kind.STALLED, 1, 0, false));
        all.add(new Scenario("idle", "Idle connections", Kind.IDLE, 0, 0, true));
        all.add(new Scenario("cores-1", "Group of 100, a server of one core", Kind.CORES, 1, 64, false));
        all.add(new Scenario("cores-2", "Group of 100, a server of two cores", Kind.CORES, 2, 64, false));
        return List.copyOf(all);
    }

    /**
     * The name of a group's scenario.
     *
     * @param size its members
     * @param window messages outstanding
     */
    public static String group(int size, int window) {
        return "group-" + size + "-w" + window;
    }

    /**
     * Where the rate of a paced scenario comes from: the closed loop that saturates.
     *
     * @param paced a scenario at a fixed rate
     */
    public static String saturatedBy(Scenario paced) {
        return paced.kind() == Kind.PACED_TALK ? "talk" : group(paced.size(), paced.window());
    }
}
