package io.embedim.bench.compare.play;

import io.embedim.bench.compare.result.Run;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a run, in a few words. */
final class Progress {

    private Progress() {}

    static String of(Run run) {
        if (run.error() != null) return "FAILED: " + run.error();
        Map<String, Double> figures = run.figures();
        StringBuilder text = new StringBuilder();
        add(text, "%,.0f/s", figures.get("per_second"));
        add(text, "%.2f µs CPU", figures.get("cpu_us_per_delivery"));
        add(text, "p99 %,.0f µs", figures.get("p99_us"));
        add(text, "%,.0f bytes of heap each", figures.get("live_bytes_each"));
        add(text, "%,.0f bytes of memory each", figures.get("rss_bytes_each"));
        if (run.wrong() > 0) text.append(", ").append(run.wrong()).append(" LOST OR WRONG");
        return text.length() == 0 ? "done" : text.toString();
    }

    private static void add(StringBuilder text, String format, @Nullable Double figure) {
        if (figure == null || figure == 0) return;
        if (text.length() > 0) text.append(", ");
        text.append(String.format(Locale.ROOT, format, figure));
    }
}
