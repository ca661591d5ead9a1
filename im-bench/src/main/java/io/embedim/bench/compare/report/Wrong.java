package io.embedim.bench.compare.report;

import io.embedim.bench.compare.result.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** In words, what was lost or wrong in a run. */
final class Wrong {

    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("missing", "messages never came");
        WORDS.put("order_errors", "came out of order");
        WORDS.put("duplicates", "came twice");
        WORDS.put("strays", "came to somebody else");
        WORDS.put("refusals", "were refused");
        WORDS.put("closed", "clients were closed");
    }

    private Wrong() {}

    static String of(Run run) {
        List<String> texts = new ArrayList<>();
        WORDS.forEach((figure, words) -> {
            double count = run.figures().getOrDefault(figure, 0.0);
            if (count > 0) texts.add(Format.number(count) + " " + words);
        });
        return String.join(", ", texts);
    }
}
