package io.embedim.client;

import java.util.LinkedHashMap;
import java.util.Map;

/** Watermarks that the user has set and the server has not confirmed; of each only the highest. */
final class Marks {

    private final Desk desk;
    private final Map<String, Wanted> wanted = new LinkedHashMap<>();

    Marks(Desk desk) {
        this.desk = desk;
    }

    /** Where the user has read to, or a device has. */
    private static final class Wanted {
        private final String id;
        private final Frame frame;
        private long due;

        private Wanted(String id, Frame frame) {
            this.id = id;
            this.frame = frame;
        }
    }

    void set(Watermark watermark, String conv, Position position) {
        String id = desk.nextRequest();
        wanted.put(
                watermark.event() + " " + conv,
                new Wanted(
                        id,
                        Frame.of(watermark.event())
                                .put("id", id)
                                .put("conv", conv)
                                .put("position", position)));
    }

    void forget(String conv) {
        for (Watermark watermark : Watermark.values()) {
            wanted.remove(watermark.event() + " " + conv);
        }
    }

    void disconnected() {
        wanted.values().forEach(mark -> mark.due = 0);
    }

    void pump() {
        if (!desk.isReady()) {
            return;
        }
        for (Wanted mark : wanted.values()) {
            if (desk.now() >= mark.due) {
                mark.due = desk.now() + desk.options.answerTime().toMillis();
                desk.send(mark.frame.json());
            }
        }
    }

    void confirmed(String id) {
        wanted.values().removeIf(mark -> mark.id.equals(id));
    }

    /** Whether the error answers a watermark. */
    boolean failed(Fields error) {
        String id = error.text("id");
        if (error.flag("temporary") || error.has("retry_after")) {
            wanted.values().stream().filter(mark -> mark.id.equals(id)).forEach(mark -> mark.due = desk.after(error));
            return wanted.values().stream().anyMatch(mark -> mark.id.equals(id));
        }
        return wanted.values().removeIf(mark -> mark.id.equals(id));
    }

    long wakeAt() {
        return desk.isReady()
                ? wanted.values().stream().mapToLong(mark -> mark.due).min().orElse(Link.NEVER)
                : Link.NEVER;
    }
}
