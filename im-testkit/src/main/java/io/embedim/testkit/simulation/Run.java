package io.embedim.testkit.simulation;

import io.embedim.client.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One simulated run of a plan. */
final class Run implements World {

    private static final long PAUSE = 500;
    private static final long PATIENCE = 60_000;
    private static final long GOODBYE = 15_000;
    private static final long LONGEST_UNTIL_COMPARED = 5_000;
    private static final int MOST_EVENTS = 1_000_000;
    private static final int MOST_TROUBLE_MILLIS = 4_000;
    private static final int MOST_PARSED = 64;
    private static final JsonMapper JSON = new JsonMapper();

    private final Plan plan;
    private final Distortion distortion;
    private final @Nullable Consumer<String> trace;
    private final VirtualTime time;
    private final SplittableRandom random;
    private final Findings findings = new Findings();
    private final LogRules log = new LogRules(findings);
    private final MarkRules marks = new MarkRules(findings);
    private final Trouble trouble;
    private final SimulatedSystem system;
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final ClassicClient classic = new ClassicClient(this, log);
    private final Fleet fleet;
    private final Map<String, JsonNode> parsed = new HashMap<>();
    private Duration skew = Duration.ZERO;
    private long events;
    /** When every node has compared what it has heard with the logs. */
    private long comparedBy;

    private int words;

    Run(Plan plan, SimulatedSystem.Factory factory, Distortion distortion, @Nullable Consumer<String> trace) {
        this.plan = plan;
        this.distortion = distortion;
        this.trace = trace;
        random = new SplittableRandom(plan.seed() ^ 0x5DEECE66DL);
        time = new VirtualTime(random.nextLong());
        trouble = new Trouble(random.split());
        system = factory.create(new SimulatedRuntime(time, () -> skew, random.split()));
        fleet = new Fleet(time, () -> skew, random.split(), trouble, system, 1 + random.nextInt(system.mostNodes()));
    }

    /** Runs it to its end, or to the first broken rule. */
    List<Finding> go() {
        fleet.start();
        for (int number = 0; number < plan.clients(); number++) {
            SimulatedClient client = SimulatedClient.numbered(this, number);
            clients.add(client);
            time.after(random.nextInt(100) * 1_000_000L, client::start);
        }
        if (system.speaksClassic()) {
            time.after(random.nextInt(100) * 1_000_000L, classic::start);
        }
        for (Step step : plan.steps()) {
            time.after(step.at() * 1_000_000, () -> {
                trace("step", " ", trace == null ? "" : step.toString());
                new Steps(this, clients).happen(step);
            });
        }
        until(plan.end() + PAUSE);
        heal();
        settle();
        goodbye();
        return findings.all();
    }

    /** How much happened. */
    long events() {
        return events;
    }

    private void until(long millis) {
        while (findings.all().isEmpty()) {
            try {
                if (!time.next(millis)) {
                    return;
                }
                if (++events > MOST_EVENTS) {
                    findings.broken("ENDLESS", "more than " + MOST_EVENTS + " things happened");
                }
            } catch (RuntimeException | AssertionError e) {
                java.io.StringWriter stack = new java.io.StringWriter();
                e.printStackTrace(new java.io.PrintWriter(stack));
                findings.broken("FAULT", stack.toString());
            }
        }
    }

    private void heal() {
        trace("step", " all is well again", "");
        trouble.end();
        fleet.heal();
        until(comparedBy);
    }

    /** Waits until everybody has what a fresh reader finds. */
    private void settle() {
        long deadline = time.millis() + PATIENCE;
        while (findings.all().isEmpty() && !isQuiet()) {
            if (time.millis() > deadline) {
                findings.broken(
                        "LIVENESS",
                        "not quiet " + PATIENCE + " ms after the last fault: "
                                + clients.stream()
                                        .filter(client -> !client.isQuiet())
                                        .toList());
                return;
            }
            until(time.millis() + PAUSE);
        }
        List<SimulatedClient> readers = new ArrayList<>();
        TreeSet<String> users = new TreeSet<>();
        clients.forEach(client -> users.add(client.user));
        for (String user : users) {
            SimulatedClient reader = new SimulatedClient(this, user, user + "/reader", 0);
            readers.add(reader);
            reader.start();
        }
        clients.addAll(readers);
        List<Finding> wrong;
        do {
            readers.forEach(reader -> reader.askAll(users));
            until(time.millis() + PAUSE);
            List<Finding> now = new ArrayList<>();
            Audit audit = new Audit(findings, log);
            readers.forEach(reader -> audit.compare(clients, reader, (rule, what) -> now.add(new Finding(rule, what))));
            boolean quiet = clients.stream().allMatch(SimulatedClient::isQuiet);
            wrong = quiet || !now.isEmpty() ? now : List.of(new Finding("LIVENESS", "a reader does not become quiet"));
        } while (!wrong.isEmpty() && time.millis() < deadline && findings.all().isEmpty());
        wrong.forEach(one -> findings.broken(one.rule(), one.what()));
    }

    private boolean isQuiet() {
        return clients.stream().allMatch(SimulatedClient::isQuiet) && (!system.speaksClassic() || classic.isQuiet());
    }

    private void goodbye() {
        clients.forEach(SimulatedClient::end);
        classic.end();
        long deadline = time.millis() + GOODBYE;
        Map<String, Long> left = Map.of();
        do {
            until(time.millis() + PAUSE);
            if (findings.all().isEmpty()) {
                left = fleet.leftovers();
            }
        } while (time.millis() < deadline && left.values().stream().anyMatch(count -> count > 0));
        left.forEach((name, count) -> findings.check(count == 0, "LEAK", () -> count + " " + name + " are left"));
        fleet.close();
    }

    void crash(int choice, boolean lose) {
        if (lose) {
            findings.logLost();
            fleet.lose(choice);
        } else {
            fleet.crash(choice);
        }
    }

    void promote(int choice) {
        List<LostEntry> lost = fleet.promote(choice);
        comparedBy = time.millis() + LONGEST_UNTIL_COMPARED;
        trace("step", " lost ", trace == null ? "" : lost.toString());
        findings.lost().add(lost, time.millis());
        log.lost(lost);
        marks.lost(lost);
        clients.forEach(client -> client.lost(lost));
    }

    void stall(int choice) {
        fleet.stall(choice);
    }

    void speakClassic() {
        classic.speak(words());
    }

    /** Nobody says the same twice. */
    String words() {
        return "word " + ++words;
    }

    void trouble(int choice) {
        trouble.begin(5 + choice % 60);
        time.after(choice % MOST_TROUBLE_MILLIS * 1_000_000L, trouble::end);
    }

    /** Anything within three minutes of the true time; repetitions are known for longer. */
    void clock(int choice) {
        skew = Duration.ofSeconds(choice % 360 - 180);
    }

    @Override
    public VirtualTime time() {
        return time;
    }

    @Override
    public SplittableRandom random() {
        return random;
    }

    @Override
    public Findings findings() {
        return findings;
    }

    @Override
    public Distortion distortion() {
        return distortion;
    }

    @Override
    public Channel channel(String user, Channel.Ear ear) {
        Fleet.Node node = fleet.any();
        Channel channel = new Channel(
                time, random.split(), plan.latency() * 1_000_000L, ear, node, new WireRules(this, log, marks, user));
        node.add(channel);
        return channel;
    }

    @Override
    public void trace(String who, String how, String what) {
        if (trace != null) {
            trace.accept(time.millis() + " " + who + how + what);
        }
    }

    @Override
    public JsonNode json(String text) {
        if (parsed.size() >= MOST_PARSED) {
            parsed.clear();
        }
        return parsed.computeIfAbsent(text, JSON::readTree);
    }

    static Address group(int choice) {
        return Address.group(groupName(choice));
    }

    static String groupName(int choice) {
        return choice % 4 == 3 ? "2" : "1";
    }
}
