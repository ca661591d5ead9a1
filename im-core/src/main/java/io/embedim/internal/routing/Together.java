package io.embedim.internal.routing;

import io.embedim.connection.OutboundFrame;
import io.embedim.internal.v2.Frames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one message of several (docs/protocol-v2.md V-FRAME 1). Who hear the same conversation often have the same frames waiting; for them the message is made once. Safe for use by
 * any thread.
 */
final class Together {

    private volatile @Nullable Made last;

    private record Made(List<OutboundFrame> parts, OutboundFrame whole) {}

    /** One message that says what the frames say; 2 to {@value Frames#MAX_OBJECTS} of them, and no ping. */
    OutboundFrame of(List<OutboundFrame> frames) {
        Made made = last;
        if (made == null || !made.parts().equals(frames)) {
            made = new Made(List.copyOf(frames), OutboundFrame.array(frames));
            last = made;
        }
        return made.whole();
    }
}
