package io.embedim.bench.compare;

import io.embedim.bench.compare.plan.Peer;
import io.embedim.bench.compare.plan.Peers;
import io.embedim.bench.compare.plan.Scenario;
import io.embedim.bench.compare.plan.Scenarios;
import io.embedim.bench.compare.plan.Settings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param list only say what there is
 * @param help only say how it is used
 * @param peers in the order of their turns
 * @param scenarios in the order in which they are played
 * @param settings how much is done
 * @param out where results go; null for a new directory
 * @param report where results are, for a report alone; null to measure
 */
record Options(
        boolean list,
        boolean help,
        List<Peer> peers,
        List<Scenario> scenarios,
        Settings settings,
        @Nullable Path out,
        @Nullable Path report) {

    static final String USAGE = """
            usage: im-bench/compare [--quick] [--peers a,b] [--scenarios x,y] [--rounds n] [--seconds n] [--out DIR]
                   im-bench/compare --report DIR
                   im-bench/compare --list

              --quick      every peer and the main scenarios, short, in under ten minutes
              --peers      only these
              --scenarios  only these
              --rounds     how often each peer has its turn in each scenario
              --seconds    how long each run is measured
              --out        where results go; im-bench/target/comparison/TIME without it
              --report     makes the report again of results that are there
              --list       says which peers and scenarios there are
            """;

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    static Options parse(String... words) {
        boolean quick = false;
        boolean list = false;
        boolean help = false;
        List<Peer> peers = Peers.ALL;
        @Nullable Set<String> scenarios = null;
        int rounds = 0;
        int seconds = 0;
        @Nullable Path out = null;
        @Nullable Path report = null;
        Iterator<String> each = Arrays.asList(words).iterator();
        while (each.hasNext()) {
            String option = each.next();
            switch (option) {
                case "--quick" -> quick = true;
                case "--list" -> list = true;
                case "--help", "-h" -> help = true;
                case "--peers" -> {
                    Set<String> names = names(option, each, Peers.ALL, Peer::name);
                    peers = Peers.ALL.stream()
                            .filter(peer -> names.contains(peer.name()))
                            .toList();
                }
                case "--scenarios" -> scenarios = names(option, each, Scenarios.ALL, Scenario::name);
                case "--rounds" -> rounds = number(option, each, 100);
                case "--seconds" -> seconds = number(option, each, 600);
                case "--out" -> out = Path.of(value(option, "a directory", each));
                case "--report" -> report = Path.of(value(option, "a directory", each));
                default ->
                    throw new IllegalArgumentException(
                            "there is no option '" + option + "'; --help says which there are");
            }
        }
        if (report != null && words.length > 2) {
            throw new IllegalArgumentException("--report makes a report of what is there, so it takes no other option");
        }
        Settings settings = quick ? Settings.QUICK : Settings.FULL;
        if (rounds > 0) settings = settings.withRounds(rounds).withoutLimit();
        if (seconds > 0) settings = settings.withSeconds(seconds).withoutLimit();
        return new Options(list, help, peers, select(scenarios, quick), settings, out, report);
    }

    /** With those that say at which rate others run. */
    private static List<Scenario> select(@Nullable Set<String> names, boolean quick) {
        if (names == null) {
            return Scenarios.ALL.stream().filter(each -> each.quick() || !quick).toList();
        }
        Set<String> all = new HashSet<>(names);
        for (Scenario each : Scenarios.ALL) {
            if (names.contains(each.name()) && each.kind().paced()) all.add(Scenarios.saturatedBy(each));
        }
        return Scenarios.ALL.stream().filter(each -> all.contains(each.name())).toList();
    }

    private static <T> Set<String> names(String option, Iterator<String> words, List<T> all, Function<T, String> name) {
        Set<String> names = new HashSet<>(
                List.of(value(option, "names with commas between them", words).split(",", -1)));
        List<String> known = all.stream().map(name).toList();
        for (String each : names) {
            if (!known.contains(each)) {
                throw new IllegalArgumentException(
                        option + " knows no '" + each + "'; expected some of " + String.join(", ", known));
            }
        }
        return names;
    }

    private static int number(String option, Iterator<String> words, int most) {
        String text = value(option, "a number", words);
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) return number;
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(option + " expects a number from 1 to " + most + "; got '" + text + "'");
    }

    private static String value(String option, String expected, Iterator<String> words) {
        if (!words.hasNext()) throw new IllegalArgumentException(option + " expects " + expected + "; got nothing");
        String value = words.next();
        if (value.startsWith("--")) {
            throw new IllegalArgumentException(option + " expects " + expected + "; got '" + value + "'");
        }
        return value;
    }
}
