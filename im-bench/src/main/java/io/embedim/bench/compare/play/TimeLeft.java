package io.embedim.bench.compare.play;

/** How long the rest takes, if it goes on as it has. What the core alone takes, minutes where others take seconds, says nothing of the others. */
final class TimeLeft {

    private final int steps;
    private int done;
    private int counted;
    private double spent;

    TimeLeft(int steps) {
        this.steps = steps;
    }

    /** A step is over. */
    void step(double seconds) {
        done++;
        counted++;
        spent += seconds;
    }

    /** A step is over whose time says nothing of others. */
    void stepOfItsOwn() {
        done++;
    }

    /** For people: {@code 3:05}, or {@code ?} before the first step. */
    String left() {
        if (counted == 0) return "?";
        long seconds = Math.round(spent / counted * (steps - done));
        return seconds >= 3600
                ? String.format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                : String.format("%d:%02d", seconds / 60, seconds % 60);
    }

    /** For people: {@code [3/20]}. */
    String where() {
        return "[" + done + "/" + steps + "]";
    }
}
