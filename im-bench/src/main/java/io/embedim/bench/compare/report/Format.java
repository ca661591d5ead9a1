package io.embedim.bench.compare.report;

import io.embedim.bench.compare.result.Spread;
import java.util.Locale;

/** Numbers for people: three digits, or all of a large one. */
final class Format {

    private Format() {}

    static String number(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value)) return "–";
        if (size >= 100 || value == Math.rint(value)) return String.format(Locale.ROOT, "%,d", Math.round(value));
        if (size >= 10) return String.format(Locale.ROOT, "%.1f", value);
        return String.format(Locale.ROOT, size >= 1 ? "%.2f" : "%.3f", value);
    }

    /** The median, and from where to where if there were several runs. */
    static String spread(Spread spread, double unit) {
        String median = number(spread.median() * unit);
        return spread.runs() == 1
                ? median
                : median + " (" + number(spread.least() * unit) + "–" + number(spread.most() * unit) + ")";
    }
}
