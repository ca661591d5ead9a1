package io.embedim.internal.routing;

import io.embedim.conversation.Draft;
import io.embedim.conversation.Message;
import io.embedim.interceptor.OutboundInterceptor;
import io.embedim.interceptor.Recipient;
import io.embedim.interceptor.Verdict;
import io.embedim.internal.codec.ClassicChange;
import io.embedim.model.ConnectionId;
import io.embedim.model.LogText;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the application what is to become of a message for those who would hear it, once for all who hear the same. */
final class Outbounds {

    private static final Logger LOG = LoggerFactory.getLogger(Outbounds.class);

    private final List<OutboundInterceptor> interceptors;
    private final Counters counters;

    Outbounds(List<OutboundInterceptor> interceptors, Counters counters) {
        this.interceptors = interceptors;
        this.counters = counters;
    }

    boolean isEmpty() {
        return interceptors.isEmpty();
    }

    /** Hands on what is left of a message, with who is to hear it. */
    void ask(Message message, Peer[] recipients, BiConsumer<Message, Peer[]> next) {
        Map<List<String>, List<Peer>> shares = new LinkedHashMap<>();
        for (Peer peer : recipients) {
            List<String> variants = variants(peer);
            if (variants != null) {
                shares.computeIfAbsent(variants, first -> new ArrayList<>()).add(peer);
            }
        }
        shares.forEach((variants, peers) -> {
            Message changed = ask(message, variants);
            if (changed != null) {
                next.accept(changed, peers.toArray(Peer[]::new));
            }
        });
    }

    /**
     * The same for clients of {@code im.v2}, who see where something is missing: what they are not to hear comes to them without its words.
     */
    void askHiding(Message message, Peer[] recipients, BiConsumer<Message, Peer[]> next) {
        Map<Message, List<Peer>> shares = new LinkedHashMap<>();
        Map<List<String>, Message> asked = new HashMap<>();
        for (Peer peer : recipients) {
            List<String> variants = variants(peer);
            Message seen =
                    variants == null ? hidden(message) : asked.computeIfAbsent(variants, of -> seen(message, of));
            shares.computeIfAbsent(seen, first -> new ArrayList<>()).add(peer);
        }
        shares.forEach((seen, peers) -> next.accept(seen, peers.toArray(Peer[]::new)));
    }

    /** What a client of {@code im.v2} gets of a message when it reads it. */
    Message seenBy(Peer peer, Message message) {
        List<String> variants = variants(peer);
        return variants == null ? hidden(message) : seen(message, variants);
    }

    private Message seen(Message message, List<String> variants) {
        if (message.recalled() || message.draft().json().isEmpty()) {
            return message;
        }
        Message seen = ask(message, variants);
        return seen != null ? seen : hidden(message);
    }

    private static Message hidden(Message message) {
        return new Message(
                message.draft().withWords("", ""),
                message.position(),
                message.prev(),
                message.at(),
                message.revision(),
                true);
    }

    /** Reads what never changes, and what is replaced as a whole, so any thread may. */
    private record Hearer(Peer peer) implements Recipient {

        @Override
        public ConnectionId connection() {
            return peer.id();
        }

        @Override
        public Optional<UserId> user() {
            return Optional.ofNullable(peer.user());
        }

        @Override
        public Map<String, String> attributes() {
            return peer.attributes();
        }

        @Override
        public String toString() {
            return "Recipient[" + peer.id() + "]";
        }
    }

    private @Nullable List<String> variants(Peer peer) {
        try {
            Recipient recipient = new Hearer(peer);
            List<String> variants = new ArrayList<>(interceptors.size());
            for (OutboundInterceptor interceptor : interceptors) {
                variants.add(interceptor.variant(recipient));
            }
            return variants;
        } catch (RuntimeException e) {
            counters.failed(Backend.INTERCEPTOR);
            LOG.error("event=interceptor_failed connection={}", peer.id(), LogText.trace(e));
            return null;
        }
    }

    private @Nullable Message ask(Message message, List<String> variants) {
        try {
            Message now = message;
            for (int i = 0; i < variants.size(); i++) {
                Verdict verdict = interceptors.get(i).intercept(now, variants.get(i));
                if (verdict instanceof Verdict.Refuse) {
                    return null;
                }
                if (verdict instanceof Verdict.Change change) {
                    Draft changed = ClassicChange.apply(now.draft(), change.content(), change.fields());
                    now = new Message(changed, now.position(), now.prev(), now.at(), now.revision(), now.recalled());
                }
            }
            return now;
        } catch (RuntimeException e) {
            counters.failed(Backend.INTERCEPTOR);
            LOG.error(
                    "event=interceptor_failed conversation={}",
                    LogText.line(message.draft().conversation()),
                    LogText.trace(e));
            return null;
        }
    }
}
