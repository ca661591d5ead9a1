package io.embedim.bench.compare.report;

import io.embedim.bench.compare.plan.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is demanded of ours in comparison with the best of others.
 *
 * @param higher whether more is better
 * @param factor how many times the figure of the best other ours has to be at least, or may be at most
 * @param unit what a figure is multiplied by to be shown
 * @param unitName its name
 */
record Demand(boolean higher, double factor, double unit, String unitName) {

    /** Checks it. Ours meet it if it is met in each container, with nothing lost. */
    Check check(String what, String demanded, Field field, Predicate<Family> families) {
        List<Entry> ours = field.ours();
        Optional<Entry> best = higher ? field.highest(families) : field.lowest(families);
        List<String> unasked = field.unasked(families);
        String theirs = best.map(this::text).orElse("no figure")
                + (unasked.isEmpty() ? "" : "; not measured: " + String.join(", ", unasked));
        if (ours.isEmpty() || best.isEmpty()) {
            return new Check(what, demanded, text(ours, field, best), theirs, Status.NOT_MEASURED);
        }
        Entry other = best.get();
        long met = ours.stream()
                .filter(each -> meets(each, other) && field.wrong(each.peer()) == 0)
                .count();
        Status status = met == 0 ? Status.NOT_MET : met < ours.size() ? Status.PARTLY : Status.MET;
        // Who is behind one peer is not first, whoever else there is; but who is ahead of some may not be ahead of all.
        if (status == Status.MET && !unasked.isEmpty()) status = Status.NOT_MEASURED;
        return new Check(what, demanded, text(ours, field, best), theirs, status);
    }

    private boolean meets(Entry our, Entry other) {
        double limit = other.median() * factor;
        return higher ? our.median() >= limit : our.median() <= limit;
    }

    private String text(List<Entry> ours, Field field, Optional<Entry> best) {
        if (ours.isEmpty()) return "no figure";
        List<String> texts = new ArrayList<>();
        for (Entry our : ours) {
            String ratio = best.map(other -> " = " + Format.number(our.median() / other.median()) + "×")
                    .orElse("");
            long wrong = field.wrong(our.peer());
            texts.add(text(our) + ratio + (wrong > 0 ? ", " + wrong + " lost or wrong" : ""));
        }
        return String.join("; ", texts);
    }

    private String text(Entry entry) {
        return entry.peer().title() + " " + Format.spread(entry.spread(), unit) + " " + unitName;
    }
}
