package io.embedim.bench.compare.report;

import java.util.List;

/** Pieces of the page. */
final class Html {

    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static void table(StringBuilder html, Table table) {
        // Where the kind is a column of its own, colours tell it too, so small screens can do without.
        boolean kinds = table.headers().indexOf("kind") == 1;
        html.append("<div class=\"scroll\"><table")
                .append(kinds ? " class=\"peers\"" : "")
                .append("><thead><tr>");
        for (int i = 0; i < table.headers().size(); i++) {
            cell(html, "th", i < table.texts(), table.headers().get(i));
        }
        html.append("</tr></thead><tbody>");
        for (Row row : table.rows()) {
            html.append("<tr class=\"").append(escape(row.style())).append("\">");
            for (int i = 0; i < row.cells().size(); i++) {
                cell(html, "td", i < table.texts(), row.cells().get(i));
            }
            html.append("</tr>\n");
        }
        html.append("</tbody></table></div>\n");
    }

    private static void cell(StringBuilder html, String tag, boolean text, String content) {
        html.append('<').append(tag).append(text ? ">" : " class=\"number\">");
        // The range of several rounds is a line of its own, and smaller.
        int range = text ? -1 : content.indexOf(" (");
        if (range < 0) {
            html.append(escape(content));
        } else {
            html.append(escape(content.substring(0, range)))
                    .append("<small>")
                    .append(escape(content.substring(range + 2, content.length() - 1)))
                    .append("</small>");
        }
        html.append("</").append(tag).append('>');
    }

    static void commands(StringBuilder html, String again, List<String> commands) {
        html.append("<p class=\"again\">Again: <code>").append(escape(again)).append("</code></p>\n");
        if (commands.isEmpty()) return;
        html.append("<details><summary>What was run, the server and the load client</summary><pre>");
        commands.forEach(command -> html.append(escape(command)).append('\n'));
        html.append("</pre></details>\n");
    }
}
