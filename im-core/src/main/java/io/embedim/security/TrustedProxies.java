package io.embedim.security;

import io.embedim.connection.Handshake;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose word about a client's address is believed. Immutable, safe for use by any thread; never asks a name server.
 *
 * <p>{@code X-Forwarded-For} is read from the right: each proxy appends the address that it saw, so the first one from the right that is no trusted proxy is the client's.
 * What stands to the left of it, anybody can have written. An entry that is no bare IP address, such as a name, or an address with a port, is not believed, nor is what stands to
 * the left of it: then the client's address is that of the proxy that wrote it. At most 32 entries are looked at.
 */
public final class TrustedProxies {

    private static final TrustedProxies NONE = new TrustedProxies(List.of());
    private static final int MAX_HOPS = 32;
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    /** What Java takes for nothing but a literal: for everything else it would ask a name server. */
    private static final Pattern LITERAL =
            Pattern.compile(OCTET + "(\\." + OCTET + "){3}|(?=.{2,45}$)[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]*");

    private final List<Range> ranges;

    private TrustedProxies(List<Range> ranges) {
        this.ranges = ranges;
    }

    /**
     * Nobody is believed: a client's address is that of its TCP connection.
     *
     * @return no proxies
     */
    public static TrustedProxies none() {
        return NONE;
    }

    /**
     * These are believed.
     *
     * @param addresses IP addresses or CIDR ranges, such as {@code 10.0.0.0/8} or {@code ::1}
     * @return the proxies
     * @throws IllegalArgumentException if one is neither
     */
    public static TrustedProxies of(String... addresses) {
        List<Range> ranges = new ArrayList<>();
        for (String address : addresses) {
            ranges.add(Range.parse(address));
        }
        return new TrustedProxies(List.copyOf(ranges));
    }

    /**
     * The address of a client.
     *
     * @param handshake what it said
     * @return the address, or empty where the container does not tell it
     */
    public Optional<String> clientAddress(Handshake handshake) {
        Optional<String> peer = handshake.remoteAddress();
        if (ranges.isEmpty() || peer.isEmpty() || !trusts(peer.get())) {
            return peer;
        }
        String client = peer.get();
        for (String hop : hops(handshake)) {
            Optional<byte[]> bytes = bytes(hop);
            if (bytes.isEmpty()) {
                break; // Not an address: whoever wrote it is the last one that is believed.
            }
            client = hop;
            if (ranges.stream().noneMatch(range -> range.contains(bytes.get()))) {
                break;
            }
        }
        return Optional.of(client);
    }

    /** From the right. What a client has put in front, however much it is, must not keep the proxies' own entries from being read. */
    private static List<String> hops(Handshake handshake) {
        List<String> lines = handshake.headers().getOrDefault("X-Forwarded-For", List.of());
        List<String> hops = new ArrayList<>();
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            int end = line.length();
            while (end >= 0 && hops.size() < MAX_HOPS) {
                int comma = line.lastIndexOf(',', end - 1);
                hops.add(line.substring(comma + 1, end).trim());
                end = comma;
            }
        }
        return hops;
    }

    private boolean trusts(String address) {
        Optional<byte[]> bytes = bytes(address);
        return bytes.isPresent() && ranges.stream().anyMatch(range -> range.contains(bytes.get()));
    }

    private static Optional<byte[]> bytes(String address) {
        if (!LITERAL.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    private record Range(byte[] address, int bits) {

        static Range parse(String text) {
            int slash = text.indexOf('/');
            Optional<byte[]> address = bytes(slash < 0 ? text : text.substring(0, slash));
            if (address.isEmpty()) {
                throw new IllegalArgumentException("'" + text + "' is no IP address and no CIDR range");
            }
            int all = address.get().length * 8;
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > all) {
                throw new IllegalArgumentException(
                        "'" + text + "' has a prefix of " + bits + " bits; expected 0 to " + all);
            }
            return new Range(address.get(), bits);
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> (i % 8);
                if ((address[i / 8] & mask) != (other[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
