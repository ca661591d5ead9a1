package io.embedim.bench.compare.plan;

/** What a peer is to us; the claims are about families. */
public enum Family {
    /** embedim. */
    OURS("embedim"),
    /** What a careful developer writes by hand in the same containers. */
    FLOOR("written by hand"),
    /** Libraries for Jakarta EE and the JVM. */
    JVM("JVM library"),
    /** Libraries for Node. */
    NODE("Node library"),
    /** No chat, but all that the JVM can do: frames encoded once, written together. */
    RAW("raw limit");

    private final String title;

    Family(String title) {
        this.title = title;
    }

    /** For tables. */
    public String title() {
        return title;
    }

    /** Whether a claim that names the best peer means this one too. */
    public boolean competes() {
        return this == JVM || this == NODE;
    }
}
