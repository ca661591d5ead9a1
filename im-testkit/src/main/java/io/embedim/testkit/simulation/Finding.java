package io.embedim.testkit.simulation;

/**
 * A rule that was broken.
 *
 * @param rule its name in docs/protocol-v2.md
 * @param what what happened
 */
public record Finding(String rule, String what) {

    @Override
    public String toString() {
        return rule + ": " + what;
    }
}
