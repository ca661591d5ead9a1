package io.embedim.bench.compare.report;

import java.util.List;

/**
 * A row of a table.
 *
 * @param style its class in the page
 * @param cells their texts
 */
record Row(String style, List<String> cells) {

    Row {
        cells = List.copyOf(cells);
    }
}
