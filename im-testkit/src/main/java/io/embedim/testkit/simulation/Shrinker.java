package io.embedim.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a plan smaller while something still goes wrong: fewer steps, in halves, quarters and so on, then fewer clients. */
final class Shrinker {

    private static final int MOST_RUNS = 2_000;

    private final Predicate<Plan> fails;
    private int runs;

    Shrinker(Predicate<Plan> fails) {
        this.fails = fails;
    }

    Plan shrink(Plan failing) {
        Plan plan = steps(failing);
        for (int clients = 2; clients < plan.clients(); clients++) {
            Plan fewer = plan.with(clients);
            if (stillFails(fewer)) {
                return steps(fewer);
            }
        }
        return plan;
    }

    private Plan steps(Plan failing) {
        Plan plan = failing;
        int size = Math.max(1, plan.steps().size() / 2);
        while (true) {
            boolean smaller = false;
            for (int from = 0; from < plan.steps().size(); from += size) {
                List<Step> kept = new ArrayList<>(plan.steps().subList(0, from));
                kept.addAll(plan.steps()
                        .subList(
                                Math.min(plan.steps().size(), from + size),
                                plan.steps().size()));
                Plan next = plan.with(kept);
                if (stillFails(next)) {
                    plan = next;
                    smaller = true;
                    from -= size;
                }
            }
            if (size == 1 && !smaller) {
                return plan;
            }
            size = smaller ? size : Math.max(1, size / 2);
            if (runs >= MOST_RUNS) {
                return plan;
            }
        }
    }

    private boolean stillFails(Plan plan) {
        return runs++ < MOST_RUNS && fails.test(plan);
    }
}
