package io.embedim.examples.demo;

/** Starts the demo. */
public final class DemoMain {

    private DemoMain() {}

    /**
     * Starts the demo.
     *
     * @param args none
     */
    public static void main(String[] args) {
        System.out.println("embedim demo");
    }
}
