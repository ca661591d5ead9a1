package io.embedim.bench.compare.play;

/** Numbers of groups that no other run uses, so that no leave of the last run disturbs the next. */
final class Groups {

    /** More than a run ever has. */
    private static final int APART = 10_000;

    private int last;

    int next() {
        last += APART;
        return last;
    }
}
