package io.embedim.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests that change nothing, and leaves: sent again with each new connection until they are answered. */
final class Requests {

    private static final int MOST = 1_000;
    private static final int TOO_MANY = 429;

    private final Desk desk;
    private final Map<String, Request> open = new LinkedHashMap<>();

    Requests(Desk desk) {
        this.desk = desk;
    }

    private static final class Request {
        private final String json;
        private final String leaves; // The conversation that it is to leave, or an empty text.
        private long due;

        private Request(String json, String leaves) {
            this.json = json;
            this.leaves = leaves;
        }
    }

    String add(Frame frame) {
        return add(frame, "");
    }

    String leave(Address group) {
        return add(Frame.of("leave").to(group), group.asMeantBy(desk.user));
    }

    /** Who joins again does not want to leave any more: said again behind the join, it would end what that has begun. */
    void dropLeave(Address group) {
        String conv = group.asMeantBy(desk.user);
        open.entrySet().removeIf(each -> {
            boolean over = each.getValue().leaves.equals(conv);
            if (over) {
                desk.tell(new ChatEvent.Nacked(each.getKey(), 0, "the user has joined again"));
            }
            return over;
        });
    }

    private String add(Frame frame, String leaves) {
        String id = desk.nextRequest();
        if (open.size() >= MOST) {
            desk.tell(new ChatEvent.Nacked(id, TOO_MANY, "more than " + MOST + " requests wait for an answer"));
        } else {
            open.put(id, new Request(frame.put("id", id).json(), leaves));
        }
        return id;
    }

    void disconnected() {
        open.values().forEach(request -> request.due = 0);
    }

    void pump() {
        if (!desk.isReady()) {
            return;
        }
        for (Request request : new ArrayList<>(open.values())) {
            if (desk.now() >= request.due) {
                request.due = desk.now() + desk.options.answerTime().toMillis();
                desk.send(request.json);
            }
        }
    }

    /** Whether the answer was awaited. */
    boolean answered(Fields answer) {
        return open.remove(answer.text("id")) != null;
    }

    /** Whether the error answers a request. */
    boolean failed(int code, String reason, Fields error) {
        Request request = open.get(error.text("id"));
        if (request == null) {
            return false;
        }
        if (error.flag("temporary") || error.has("retry_after")) {
            request.due = desk.after(error);
        } else {
            open.remove(error.text("id"));
            desk.tell(new ChatEvent.Nacked(error.text("id"), code, reason));
        }
        return true;
    }

    long wakeAt() {
        return desk.isReady()
                ? open.values().stream().mapToLong(request -> request.due).min().orElse(Link.NEVER)
                : Link.NEVER;
    }
}
