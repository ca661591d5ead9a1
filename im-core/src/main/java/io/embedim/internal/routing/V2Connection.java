package io.embedim.internal.routing;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import java.util.ArrayList;
import java.util.List;

/** A pipe to a client of {@code im.v2}: what goes out together goes out as one message, an array. Pings stay what they are, and where they are. */
final class V2Connection implements Connection {

    private final Connection pipe;
    private final Together together;

    V2Connection(Connection pipe, Together together) {
        this.pipe = pipe;
        this.together = together;
    }

    @Override
    public void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback) {
        pipe.write(frames.size() == 1 ? frames : joined(frames), mayBlock, callback);
    }

    private List<OutboundFrame> joined(List<OutboundFrame> frames) {
        List<OutboundFrame> joined = new ArrayList<>(1);
        int from = 0;
        for (int i = 0; i <= frames.size(); i++) {
            if (i < frames.size() && frames.get(i) != OutboundFrame.PING) {
                continue;
            }
            if (i - from > 1) {
                joined.add(together.of(frames.subList(from, i)));
            } else if (i > from) {
                joined.add(frames.get(from));
            }
            if (i < frames.size()) {
                joined.add(OutboundFrame.PING);
            }
            from = i + 1;
        }
        return joined;
    }

    @Override
    public boolean keepsNothing() {
        return pipe.keepsNothing();
    }

    @Override
    public int writtenByWhoBrings() {
        return pipe.writtenByWhoBrings();
    }

    @Override
    public void close(CloseReason reason) {
        pipe.close(reason);
    }
}
