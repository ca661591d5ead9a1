package io.embedim.jakarta;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What lives in this process, after a full collection: how many instances of each class, and their bytes.
 *
 * @param instances by the JVM's name of the class
 * @param bytes of all of them
 */
record ClassHistogram(Map<String, Long> instances, long bytes) {

    static ClassHistogram now() {
        String table;
        try {
            table = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
        Map<String, Long> instances = new HashMap<>();
        long bytes = 0;
        // Lines such as "   1:   4521   340128  [B (java.base@17)", between a head of two and a sum.
        try (Scanner lines = new Scanner(table)) {
            while (lines.hasNextLine()) {
                String[] cells = lines.nextLine().trim().split("\\s+", -1);
                if (cells.length >= 4 && cells[0].endsWith(":") && Character.isDigit(cells[0].charAt(0))) {
                    instances.merge(cells[3], Long.parseLong(cells[1]), Long::sum);
                    bytes += Long.parseLong(cells[2]);
                }
            }
        }
        return new ClassHistogram(instances, bytes);
    }

    /** The classes of which there are more than before, by at least so many. */
    Map<String, Long> grownSince(ClassHistogram before, long least) {
        Map<String, Long> grown = new HashMap<>();
        instances.forEach((name, count) -> {
            long more = count - before.instances.getOrDefault(name, 0L);
            if (more >= least) {
                grown.put(name, more);
            }
        });
        return grown;
    }
}
