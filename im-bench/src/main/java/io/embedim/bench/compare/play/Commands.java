package io.embedim.bench.compare.play;

import java.util.List;

/** The commands of a run, kept while it runs, so that they are known if it fails. */
final class Commands {

    private String server = "";
    private String client = "";

    void server(List<String> words) {
        server = String.join(" ", words);
    }

    void client(List<String> words) {
        client = String.join(" ", words);
    }

    String server() {
        return server;
    }

    String client() {
        return client;
    }
}
