package io.embedim.bench.compare.report;

import java.util.List;

/**
 * A part of the report.
 *
 * @param id for links
 * @param title above it
 * @param text what is to be seen
 * @param charts beside the table
 * @param table all figures
 * @param again the command that makes them again
 * @param commands what was run, one for each row
 */
record Section(
        String id, String title, String text, List<Chart> charts, Table table, String again, List<String> commands) {

    Section {
        charts = charts.stream().filter(chart -> !chart.empty()).toList();
        commands = List.copyOf(commands);
    }
}
