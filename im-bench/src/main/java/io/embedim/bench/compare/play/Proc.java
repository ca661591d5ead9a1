package io.embedim.bench.compare.play;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux knows of a process. */
final class Proc {

    /** What Linux tells programs, whatever the kernel counts in. */
    private static final double TICKS = 100;

    private Proc() {}

    /** User and system time so far. */
    static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The name may have blanks and brackets of its own.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / TICKS;
    }

    /** Resident memory, in KiB. */
    static double rssKib(long pid) throws IOException {
        return status(pid, "VmRSS:");
    }

    static double threads(long pid) throws IOException {
        return status(pid, "Threads:");
    }

    private static double status(long pid, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith(name)) {
                return Double.parseDouble(
                        line.substring(name.length()).replace("kB", "").strip());
            }
        }
        throw new IOException("the process " + pid + " has no " + name + "; has it ended?");
    }
}
