package io.embedim.bench.peer.netty;

import io.embedim.bench.peer.netty.Delivery.ToClient;
import io.embedim.bench.peer.netty.Delivery.ToGroup;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One event loop with the members that live on it. All is done by that loop, so nothing here is locked.
 *
 * <p>What comes in during one turn of the loop is handed to all lanes together when the turn ends. So a message costs no wake-up of its own, and what gathers for a group in a turn goes to
 * each of its members in one write.
 */
final class Lane {

    private final EventLoop loop;
    private final Map<String, Members> groups = new HashMap<>();
    private final List<Members> spokenTo = new ArrayList<>();
    private final List<Channel> written = new ArrayList<>();
    private final List<Outbound> outbound = new ArrayList<>();
    private boolean turnEnds;

    Lane(EventLoop loop) {
        this.loop = loop;
    }

    /** Once, before the first client. */
    void connect(Collection<Lane> all) {
        all.forEach(lane -> outbound.add(new Outbound(lane)));
    }

    void join(String group, Channel channel) {
        groups.computeIfAbsent(group, name -> new Members()).add(channel);
    }

    void leave(String group, Channel channel) {
        Members members = groups.get(group);
        if (members != null && members.remove(channel)) {
            groups.remove(group);
        }
    }

    /** Takes over the frame. */
    void speak(String group, ByteBuf frame) {
        for (Outbound to : outbound) {
            to.add(new ToGroup(group, frame.retain()));
        }
        frame.release();
        handOverLater();
    }

    /** Takes over the frame. */
    void tell(Channel client, ByteBuf frame) {
        for (Outbound to : outbound) {
            if (to.lane().loop == client.eventLoop()) {
                to.add(new ToClient(client, frame));
            }
        }
        handOverLater();
    }

    private void handOverLater() {
        if (!turnEnds) {
            turnEnds = true;
            // The loop runs what was put in behind all that it had to read.
            loop.execute(this::handOver);
        }
    }

    private void handOver() {
        turnEnds = false;
        for (Outbound to : outbound) {
            List<Delivery> deliveries = to.take();
            if (to.lane() == this) {
                deliver(deliveries);
            } else if (!deliveries.isEmpty()) {
                to.lane().loop.execute(() -> to.lane().deliver(deliveries));
            }
        }
    }

    private void deliver(List<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            if (delivery instanceof ToGroup to) {
                gather(to);
            } else if (delivery instanceof ToClient to) {
                ChannelFuture unused = to.client().write(to.frame(), to.client().voidPromise());
                written.add(to.client());
            }
        }
        spokenTo.forEach(Members::send);
        spokenTo.clear();
        written.forEach(Channel::flush);
        written.clear();
    }

    private void gather(ToGroup delivery) {
        Members members = groups.get(delivery.group());
        if (members == null) {
            delivery.frame().release();
        } else if (members.gather(delivery.frame())) {
            spokenTo.add(members);
        }
    }
}
