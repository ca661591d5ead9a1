package io.embedim.bench.compare.report;

import io.embedim.bench.compare.result.Results;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The report as one page: its style, its script and the charting library are inside. */
final class Page {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Page() {}

    static String of(Results results, List<Claim> claims, List<Section> sections) throws IOException {
        List<Chart> charts =
                sections.stream().flatMap(section -> section.charts().stream()).toList();
        return resource("page.html")
                .replace("{{style}}", resource("page.css"))
                .replace("{{date}}", Html.escape(results.machine().facts().getOrDefault("date", "")))
                .replace("{{commit}}", Html.escape(results.machine().facts().getOrDefault("commit", "unknown")))
                .replace("{{claims}}", claims(claims))
                .replace("{{failures}}", failures(results))
                .replace("{{contents}}", contents(sections))
                .replace("{{sections}}", sections(sections))
                .replace("{{machine}}", table(Tables.machine(results)) + table(Tables.versions(results)))
                .replace("{{script}}", resource("page.js"))
                .replace("{{data}}", MAPPER.writeValueAsString(charts).replace("<", "\\u003c"))
                .replace("{{library}}", resource("echarts.min.js"));
    }

    private static String claims(List<Claim> claims) {
        StringBuilder html = new StringBuilder();
        for (Claim claim : claims) {
            Status status = claim.status();
            long met = claim.checks().stream()
                    .filter(check -> check.status() == Status.MET)
                    .count();
            html.append("<details class=\"claim ").append(status.style()).append('"');
            html.append(status == Status.MET ? ">" : " open>");
            html.append("<summary><b>").append(claim.number()).append(". ").append(Html.escape(claim.title()));
            html.append("</b> <span class=\"chip\">").append(status.title()).append("</span> <span class=\"count\">");
            html.append(met).append(" of ").append(claim.checks().size()).append(" met</span></summary>\n");
            Html.table(html, Tables.of(claim));
            html.append("</details>\n");
        }
        return html.toString();
    }

    private static String failures(Results results) {
        Table failures = Tables.failures(results);
        if (failures.rows().isEmpty()) return "<p>No run failed, and in none was anything lost or out of order.</p>";
        return "<details" + (failures.rows().size() > 12 ? "" : " open") + "><summary>"
                + failures.rows().size() + " runs failed, or lost something</summary>" + table(failures) + "</details>";
    }

    private static String contents(List<Section> sections) {
        StringBuilder html = new StringBuilder();
        for (Section section : sections) {
            html.append("<a href=\"#").append(section.id()).append("\">");
            html.append(Html.escape(section.title())).append("</a>\n");
        }
        return html.toString();
    }

    private static String sections(List<Section> sections) {
        StringBuilder html = new StringBuilder();
        for (Section section : sections) {
            html.append("<section id=\"").append(section.id()).append("\"><h2>");
            html.append(Html.escape(section.title())).append("</h2><p>").append(Html.escape(section.text()));
            html.append("</p>\n<div class=\"beside\"><div class=\"charts\">");
            for (Chart chart : section.charts()) {
                html.append("<figure><figcaption>")
                        .append(Html.escape(chart.title()))
                        .append("</figcaption>");
                html.append("<div class=\"chart\" id=\"").append(chart.id()).append("\"></div></figure>\n");
            }
            html.append("</div><div class=\"figures\">");
            Html.table(html, section.table());
            Html.commands(html, section.again(), section.commands());
            html.append("</div></div></section>\n");
        }
        return html.toString();
    }

    private static String table(Table table) {
        StringBuilder html = new StringBuilder();
        Html.table(html, table);
        return html.toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) throw new IOException("expected " + name + " beside the classes; it is not there");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
