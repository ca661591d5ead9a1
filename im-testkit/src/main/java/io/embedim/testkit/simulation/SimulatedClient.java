package io.embedim.testkit.simulation;

import io.embedim.client.Address;
import io.embedim.client.ChatEvent;
import io.embedim.client.ChatSession;
import io.embedim.client.ClientStore;
import io.embedim.client.Content;
import io.embedim.client.Effect;
import io.embedim.client.Entry;
import io.embedim.client.InMemoryClientStore;
import io.embedim.client.SessionOptions;
import io.embedim.client.Watermark;
import io.embedim.connection.Handshake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One device of a user: a session of im-client, what it has stored, and its connection. */
final class SimulatedClient {

    private static final SessionOptions QUICK = new SessionOptions(
            50,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            Duration.ofSeconds(3),
            Duration.ofMinutes(10));
    private static final int[] PAGES = {50, 0, 3};

    final String user;
    final String device;
    final ViewRules view;
    private final World world;
    private final SessionOptions options;
    private final Set<String> groups = new LinkedHashSet<>();
    private final Map<String, Long> begins = new HashMap<>();
    private final Set<String> gone = new LinkedHashSet<>();
    private int returning; // Joins that its user has in mind.
    private final Map<String, List<String>> members = new HashMap<>();
    private Set<String> offline = Set.of();
    private ClientStore stored = new InMemoryClientStore();
    private ClientStore used;
    private ChatSession session;
    private @Nullable Channel channel;
    private Runnable wakeUp = () -> {};

    SimulatedClient(World world, String user, String device, int firstPage) {
        this.world = world;
        this.user = user;
        this.device = device;
        this.options = QUICK.beginningWith(firstPage);
        this.view = new ViewRules(world.findings(), device);
        this.used = world.distortion().store(stored);
        this.session = newSession();
    }

    static SimulatedClient numbered(World world, int number) {
        // The first two are one user's, so that there is a second device.
        String user = "u" + Math.max(1, number);
        return new SimulatedClient(world, user, user + "/" + number, PAGES[number % PAGES.length]);
    }

    private ChatSession newSession() {
        return new ChatSession(user, options, used, world.random().split(), world.time()::millis);
    }

    void start() {
        session.start();
        settle();
    }

    void speak(Address to, String words) {
        session.speak(to, Content.text(words));
        settle();
    }

    /** Changes or takes back something of one's own, if there is something. */
    void change(int choice, boolean recall) {
        List<Entry> own = new ArrayList<>();
        for (String conv : stored.conversations()) {
            for (Entry entry : stored.entries(conv)) {
                if (entry.kind() == Entry.Kind.MESSAGE && entry.sender().equals(user) && !entry.recalled()) {
                    own.add(entry);
                }
            }
        }
        if (!own.isEmpty()) {
            Entry entry = own.get(choice % own.size());
            if (recall) {
                session.recall(entry);
            } else {
                session.edit(entry, Content.text("other words " + choice));
            }
            settle();
        }
    }

    void join(String group) {
        groups.add(group);
        gone.remove("g:" + group);
        session.join(group);
        settle();
    }

    void leave(String group) {
        groups.remove(group);
        session.leave(group);
        settle();
    }

    void mark(int choice) {
        List<String> convs = new ArrayList<>(stored.conversations());
        if (!convs.isEmpty()) {
            session.mark(choice % 2 == 0 ? Watermark.READ : Watermark.RECEIVED, convs.get(choice % convs.size()));
            settle();
        }
    }

    void type(int choice) {
        List<String> convs = new ArrayList<>(stored.conversations());
        if (!convs.isEmpty()) {
            session.typing(convs.get(choice % convs.size()));
            settle();
        }
    }

    void ask(String group, List<String> users) {
        session.presence(users);
        session.members(group, "");
        settle();
    }

    /** Asks for all that others are asked to say about the present. */
    void askAll(Set<String> users) {
        session.presence(List.copyOf(users));
        for (String conv : stored.conversations()) {
            if (conv.startsWith("g:")) {
                session.members(conv.substring(2), "");
            }
        }
        settle();
    }

    /** What it has of this it must hear to be lost. */
    void lost(List<LostEntry> entries) {
        for (LostEntry entry : entries) {
            boolean has = stored.at(entry.conv(), entry.position().seq())
                    .filter(own -> own.position().mid().equals(entry.mid()))
                    .isPresent();
            if (has) {
                view.hasLost(entry.conv());
            }
        }
    }

    /** Who was told to be offline, when it asked last. */
    Set<String> offline() {
        return offline;
    }

    /** Whom it was told to be in a group when it asked last; null where nobody has told. */
    @Nullable
    List<String> members(String conv) {
        return members.get(conv);
    }

    void restart(boolean wipe) {
        if (channel != null) {
            channel.hangUp();
            channel = null;
        }
        wakeUp.run();
        if (wipe) {
            stored = new InMemoryClientStore();
            used = world.distortion().store(stored);
            view.wiped();
            begins.clear();
        }
        view.restarted();
        session = newSession();
        start();
    }

    void end() {
        session.end();
        settle();
    }

    @Nullable
    Channel channel() {
        return channel;
    }

    ClientStore stored() {
        return stored;
    }

    /** Whether it has nothing to do but to listen. */
    boolean isQuiet() {
        return returning == 0
                && session.unanswered() == 0
                && stored.conversations().stream().allMatch(conv -> session.isLive(conv) || gone.contains(conv));
    }

    /** The first place of what the user was told to be all there is. */
    long begins(String conv) {
        return begins.getOrDefault(conv, 1L);
    }

    boolean hasLeft(String conv) {
        return gone.contains(conv);
    }

    @Override
    public String toString() {
        return device + (session.unanswered() > 0 ? " waits for " + session.unanswered() + " answers" : "");
    }

    private void settle() {
        Effect effect;
        ChatEvent event;
        do {
            while ((effect = session.nextEffect()) != null) {
                carryOut(effect);
            }
            event = session.nextEvent();
            if (event != null) {
                told(event);
            }
        } while (event != null);
        wakeUp.run();
        long wake = session.wakeAt();
        if (wake != Long.MAX_VALUE) {
            long delay = Math.max(1, wake - world.time().millis());
            wakeUp = world.time().after(delay * 1_000_000, () -> {
                session.tick();
                settle();
            });
        }
    }

    private void carryOut(Effect effect) {
        if (effect instanceof Effect.Connect) {
            connect();
        } else if (effect instanceof Effect.Send send && channel != null) {
            world.trace(device, " → ", send.text());
            channel.rules().sent(send.text());
            channel.send(send.text());
        } else if (effect instanceof Effect.Close && channel != null) {
            world.trace(device, " closes", "");
            channel.hangUp();
            channel = null;
        }
    }

    private void connect() {
        Channel next = world.channel(user, ear());
        channel = next;
        next.connect(Handshake.at("/im")
                .principal(() -> user)
                .query(Map.of("device", List.of(device)))
                .subprotocol("im.v2")
                .build());
    }

    private Channel.Ear ear() {
        Object connection = new Object();
        return new Channel.Ear() {
            @Override
            public void opened() {
                session.opened();
                settle();
            }

            @Override
            public void received(String text) {
                for (String sent : world.distortion().sent(connection, text)) {
                    world.trace(device, " ← ", sent);
                    Channel open = channel;
                    if (open != null) {
                        open.rules().received(sent);
                        session.received(world.distortion().understood(sent, stored));
                        settle();
                    }
                }
            }

            @Override
            public void closed(int code, String reason) {
                world.trace(device, " is closed with ", String.valueOf(code));
                channel = null;
                session.closed(code, reason);
                settle();
            }
        };
    }

    private void told(ChatEvent event) {
        view.told(event);
        if (event instanceof ChatEvent.ResendOffered offer) {
            session.resend(offer.id());
        } else if (event instanceof ChatEvent.PresenceTold told) {
            offline = Set.copyOf(told.offline());
        } else if (event instanceof ChatEvent.MembersTold told) {
            members.put(told.conv(), told.users());
        } else if (event instanceof ChatEvent.Trimmed gap) {
            begins.put(gap.conv(), gap.last() + 1);
        } else if (event instanceof ChatEvent.Began began) {
            begins.put(began.conv(), began.first());
        } else if (event instanceof ChatEvent.Reset reset) {
            begins.remove(reset.conv());
        } else if (event instanceof ChatEvent.Live live) {
            gone.remove(live.conv());
        } else if (event instanceof ChatEvent.Left left) {
            gone.add(left.conv());
        } else if (event instanceof ChatEvent.Gone lost) {
            gone.add(lost.conv());
            // Whoever wanted to be there wants it still.
            String group = lost.conv().substring(2);
            if (groups.contains(group)) {
                returning++;
                world.time().after(1_000_000_000, () -> {
                    returning--;
                    join(group);
                });
            }
        }
    }
}
