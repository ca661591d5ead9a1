package io.embedim.bench.peer.netty;

import java.util.ArrayList;
import java.util.List;

/** What one lane has for another, or for itself, at the end of its turn. */
final class Outbound {

    private final Lane lane;
    private List<Delivery> deliveries = new ArrayList<>();

    Outbound(Lane lane) {
        this.lane = lane;
    }

    Lane lane() {
        return lane;
    }

    void add(Delivery delivery) {
        deliveries.add(delivery);
    }

    List<Delivery> take() {
        List<Delivery> taken = deliveries;
        deliveries = new ArrayList<>();
        return taken;
    }
}
