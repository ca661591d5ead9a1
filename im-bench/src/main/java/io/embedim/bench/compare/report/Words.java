package io.embedim.bench.compare.report;

import io.embedim.bench.compare.plan.Scenario;
import io.embedim.bench.compare.plan.Scenarios;

/** What a scenario does, and what is to be seen in it. */
final class Words {

    private Words() {}

    static String of(Scenario scenario) {
        return switch (scenario.kind()) {
            case ROUND_TRIP -> "A private message from A to B and one back, one after the other. Less is better.";
            case GROUP ->
                scenario.window() == 1
                        ? "One sender; the next message goes out when the last one has come back to it, so nothing can gather."
                                + " What one delivery costs the server: less is better."
                        : "One sender with " + scenario.window() + " messages outstanding. More is better.";
            case TALK ->
                "Many groups of ten clients; everybody talks in turn, with " + scenario.window()
                        + " messages outstanding in all. More is better.";
            case CHURN ->
                "Clients leave their group and join it again, 64 at a time. One is in when a message of its own has"
                        + " come back. Where a protocol has no leave, as our classic one, they leave by closing the connection,"
                        + " which costs more. More is better.";
            case MIXED ->
                "Four of five messages are private, the others go to groups of very different sizes; "
                        + scenario.window() + " are outstanding. More is better.";
            case STORM ->
                "Connections are opened, upgraded and joined to a group of ten, 64 at a time, until a message of their"
                        + " own has come back. More is better; the times are those until a connection was ready.";
            case PACED_GROUP, PACED_TALK ->
                "The same rate for all: half of what the best JVM library did in "
                        + Scenarios.saturatedBy(scenario)
                        + ". A latency counts from the time when the message should have"
                        + " been sent, so a server that is late cannot hide it. Less is better.";
            case STALLED ->
                scenario.size() == 0
                        ? "Twenty members read 4 KiB a hundred times a second: what the next section is to be held against."
                        : "Twenty members read 4 KiB a hundred times a second, and others in the same group never read."
                                + " The latencies are those of who reads; the heap is what is still held for who does not.";
            case IDLE ->
                "Connections that have joined a group and do nothing. The server's live objects and its memory,"
                        + " less those of the server when it was empty, divided by the connections. Less is better.";
            case REST -> "What a server still holds when all its clients are gone.";
            case CORES ->
                "The server may use " + scenario.size() + " of the cores. With two on a machine of two, the load"
                        + " client has to share them: look at the CPU time of a delivery. Less is better.";
            case CORE -> "";
        };
    }
}
