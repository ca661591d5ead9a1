package io.embedim.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The connection's life: opened, greeted, pinged, given up, and opened again after a pause. */
final class Link {

    /** No wake-up is needed. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int GIVEN_UP = 4000;
    private static final int NOT_WANTED_BACK = 4100;
    private static final int END_OF_NOT_WANTED_BACK = 4200;
    private static final int MOST_DOUBLINGS = 16;
    private static final Pattern RETRY_AFTER = Pattern.compile("retry_after=(\\d{1,6})");

    private enum State {
        IDLE,
        WAITING,
        OPENING,
        GREETING,
        READY,
        ENDED
    }

    private final Desk desk;
    private State state = State.IDLE;
    private long wakeAt = NEVER;
    private boolean pinged;
    private int failures;

    Link(Desk desk) {
        this.desk = desk;
    }

    boolean isOpen() {
        return state == State.GREETING || state == State.READY;
    }

    boolean isEnded() {
        return state == State.ENDED;
    }

    void start() {
        if (state == State.IDLE) {
            open();
        }
    }

    private void open() {
        move(State.OPENING, desk.now() + desk.options.answerTime().toMillis());
        desk.want(new Effect.Connect());
    }

    /** Whether that was awaited. */
    boolean opened() {
        if (state != State.OPENING) {
            return false;
        }
        move(State.GREETING, desk.now() + desk.options.answerTime().toMillis());
        return true;
    }

    void greeted() {
        move(State.READY, 0);
        heard();
    }

    /** A sign of life. */
    void heard() {
        if (state == State.READY) {
            pinged = false;
            wakeAt = desk.now() + desk.options.pingTime().toMillis();
        }
    }

    /** The connection has done what it is for, so the next failure is the first one again. */
    void proven() {
        failures = 0;
    }

    /** Whether the session ceased to have a connection by it. */
    boolean closed(int code, String reason) {
        if (state != State.OPENING && !isOpen()) {
            return false;
        }
        if (code >= NOT_WANTED_BACK && code < END_OF_NOT_WANTED_BACK) {
            ended(code);
            return true;
        }
        long most = desk.options.backOff().toMillis() << Math.min(failures++, MOST_DOUBLINGS);
        long pause = desk.upTo(Math.min(most, desk.options.longestBackOff().toMillis()));
        Matcher asked = RETRY_AFTER.matcher(reason);
        if (asked.find()) {
            pause += Long.parseLong(asked.group(1)) * 1000;
        }
        move(State.WAITING, desk.now() + pause);
        desk.tell(new ChatEvent.Disconnected(code, pause));
        return true;
    }

    void ended(int code) {
        move(State.ENDED, NEVER);
        desk.tell(new ChatEvent.Ended(code));
    }

    /** Whether the session ceased to have a connection by it. */
    boolean tick() {
        if (desk.now() < wakeAt) {
            return false;
        }
        switch (state) {
            case WAITING -> open();
            case OPENING, GREETING -> {
                return giveUp();
            }
            case READY -> {
                if (pinged) {
                    return giveUp();
                }
                pinged = true;
                wakeAt = desk.now() + desk.options.answerTime().toMillis();
                desk.send(Frame.of("ping").put("id", desk.nextRequest()).json());
            }
            default -> wakeAt = NEVER;
        }
        return false;
    }

    boolean giveUp() {
        desk.want(new Effect.Close(GIVEN_UP));
        return closed(GIVEN_UP, "");
    }

    long wakeAt() {
        return wakeAt;
    }

    private void move(State next, long wake) {
        state = next;
        wakeAt = wake;
        pinged = false;
    }
}
