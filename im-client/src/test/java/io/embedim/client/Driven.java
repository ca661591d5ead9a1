package io.embedim.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A session whose time and server are the test's. Frames are written with single quotes. */
final class Driven {

    static final SessionOptions OPTIONS = SessionOptions.DEFAULT;

    final InMemoryClientStore store = new InMemoryClientStore();
    final ChatSession session;
    private final List<String> sent = new ArrayList<>();
    private final List<ChatEvent> events = new ArrayList<>();
    private boolean wantsConnection;
    private boolean wantsClose;
    private long now;

    Driven() {
        this(OPTIONS);
    }

    Driven(SessionOptions options) {
        session = new ChatSession("ann", options, store, new Random(7), () -> now);
    }

    /** Connected, greeted, and through with its first sync. */
    static Driven ready() {
        Driven driven = new Driven();
        driven.session.start();
        driven.connect();
        driven.receive("{'code':0,'msg':'','data':{'event':'synced','id':'r1'}}");
        driven.clear();
        return driven;
    }

    void connect() {
        settle();
        wantsConnection = false;
        session.opened();
        receive("{'code':0,'msg':'','data':{'event':'hello','user_id':'ann','client_id':'c1','dedupe_window':600}}");
    }

    Driven receive(String frame) {
        session.received(frame.replace('\'', '"'));
        settle();
        return this;
    }

    /** An answer or a live entry, without its envelope. */
    Driven tell(String data) {
        return receive("{'code':0,'msg':'','data':" + data + "}");
    }

    Driven message(long seq, String mid, String prev, String text) {
        return tell(entry(seq, mid, prev, text));
    }

    static String entry(long seq, String mid, String prev, String text) {
        return "{'event':'message','conv':'g:7','epoch':'e1','seq':" + seq + ",'mid':'" + mid + "','prev':'" + prev
                + "','ts':1,'id':'id-" + mid
                + "','from_user_id':'bob','verified':true,'rev':0,'type':'text','content':'"
                + text + "'}";
    }

    void close(int code) {
        session.closed(code, "");
        settle();
    }

    void pass(long millis) {
        long end = now + millis;
        settle();
        while (session.wakeAt() <= end) {
            now = Math.max(now, session.wakeAt());
            session.tick();
            settle();
        }
        now = end;
    }

    List<String> sent() {
        settle();
        return sent;
    }

    String lastSent() {
        return sent().get(sent.size() - 1);
    }

    List<ChatEvent> events() {
        settle();
        return events;
    }

    boolean wantsConnection() {
        settle();
        return wantsConnection;
    }

    boolean wantsClose() {
        settle();
        return wantsClose;
    }

    void clear() {
        settle();
        sent.clear();
        events.clear();
    }

    private void settle() {
        for (Effect effect = session.nextEffect(); effect != null; effect = session.nextEffect()) {
            if (effect instanceof Effect.Send send) {
                sent.add(send.text());
            } else {
                wantsConnection = effect instanceof Effect.Connect;
                wantsClose |= effect instanceof Effect.Close;
            }
        }
        for (ChatEvent event = session.nextEvent(); event != null; event = session.nextEvent()) {
            events.add(event);
        }
    }
}
