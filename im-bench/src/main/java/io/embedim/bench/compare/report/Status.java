package io.embedim.bench.compare.report;

/** What became of a claim; the worst comes first. */
enum Status {
    NOT_MET("not met", "bad"),
    PARTLY("met in some containers", "some"),
    NOT_MEASURED("not measured", "open"),
    MET("met", "good");

    private final String title;
    private final String style;

    Status(String title, String style) {
        this.title = title;
        this.style = style;
    }

    String title() {
        return title;
    }

    /** Its class in the page. */
    String style() {
        return style;
    }

    Status worse(Status other) {
        return compareTo(other) < 0 ? this : other;
    }
}
