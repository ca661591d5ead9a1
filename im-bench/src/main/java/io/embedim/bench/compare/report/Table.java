package io.embedim.bench.compare.report;

import java.util.List;

/**
 * A table, the same in the page and in Markdown.
 *
 * @param headers of the columns; all columns but the texts are numbers
 * @param rows below them
 * @param texts how many columns at the left are texts
 */
record Table(List<String> headers, List<Row> rows, int texts) {

    Table {
        headers = List.copyOf(headers);
        rows = List.copyOf(rows);
    }
}
