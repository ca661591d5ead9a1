package io.embedim.examples.demo;

import io.embedim.client.Address;
import io.embedim.client.ChatClient;
import io.embedim.client.ChatEvent;
import io.embedim.client.ClientOptions;
import io.embedim.client.Content;
import io.embedim.client.InMemoryClientStore;
import io.embedim.client.Position;
import io.embedim.client.SessionOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A person who talks without a pause, in a group and to one other, and remembers all that was shown and acknowledged. What the device has of the conversations outlives the connection. One
 * thing is on its way in each conversation; the next is said when it is acknowledged.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The events tell what has become of it.
final class Talker implements AutoCloseable {

    static final String GROUP = "7";

    private static final SessionOptions OPTIONS = new SessionOptions(
            0,
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofMillis(50),
            Duration.ofMillis(400),
            Duration.ofSeconds(1));

    /** What was shown: its place, and the words. */
    record Shown(String conv, Position position, String words) {}

    /** What was acknowledged: its place, and the words. */
    record Acked(String conv, Position position, String words) {}

    final String name;
    final InMemoryClientStore store = new InMemoryClientStore(1_000_000);

    private final Address friend;
    private final ChatClient client;
    private final Map<String, String> unanswered = new HashMap<>();
    private final List<Shown> shown = new ArrayList<>();
    private final List<Acked> acked = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private int said;
    private int repeated;
    private int connects;
    private volatile boolean talks = true;

    Talker(URI uri, String name, String friend) {
        this.name = name;
        this.friend = Address.user(friend);
        this.client = ChatClient.connect(
                URI.create(uri + "?user_id=" + name),
                ClientOptions.of(name, name + "-phone").withStore(store).withSession(OPTIONS),
                this::heard);
    }

    /** On the client's thread, as all that follows. */
    private void heard(ChatClient open, ChatEvent event) {
        if (event instanceof ChatEvent.Connected) {
            connects++;
            open.with(session -> session.join(GROUP));
            if (connects == 1) {
                say(open, Address.group(GROUP));
                say(open, friend);
            }
        } else if (event instanceof ChatEvent.Shown now) {
            shown.add(new Shown(
                    now.entry().conv(),
                    now.entry().position(),
                    now.entry().content().text()));
        } else if (event instanceof ChatEvent.Acked ack) {
            String words = unanswered.remove(ack.id());
            if (words != null) {
                acked.add(new Acked(ack.conv(), ack.position(), words));
                repeated += ack.duplicate() ? 1 : 0;
                say(open, ack.conv().startsWith("g:") ? Address.group(GROUP) : friend);
            }
        } else if (event instanceof ChatEvent.Reset
                || event instanceof ChatEvent.Trimmed
                || event instanceof ChatEvent.ResendOffered
                || event instanceof ChatEvent.Gone
                || event instanceof ChatEvent.Ended
                || (event instanceof ChatEvent.Nacked nacked && unanswered.containsKey(nacked.id()))) {
            troubles.add(name + ": " + event);
        }
    }

    private void say(ChatClient open, Address where) {
        if (talks) {
            open.with(session -> {
                String words = name + " " + ++said;
                unanswered.put(session.speak(where, Content.text(words)), words);
                return words;
            });
        }
    }

    /** Says nothing more; what is on its way goes on. */
    void fallSilent() {
        talks = false;
    }

    boolean isAnswered() {
        return of(() -> unanswered.isEmpty());
    }

    List<Shown> shown() {
        return of(() -> List.copyOf(shown));
    }

    List<Acked> acked() {
        return of(() -> List.copyOf(acked));
    }

    List<String> troubles() {
        return of(() -> List.copyOf(troubles));
    }

    /** How many acks said that it stood there already. */
    int repeated() {
        return of(() -> repeated);
    }

    int connects() {
        return of(() -> connects);
    }

    Position position(String conv) {
        return of(() -> store.position(conv));
    }

    private <T> T of(Supplier<T> question) {
        return client.with(session -> question.get())
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        client.close();
    }
}
