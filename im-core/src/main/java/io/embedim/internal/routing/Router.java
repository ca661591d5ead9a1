package io.embedim.internal.routing;

import io.embedim.connection.OutboundFrame;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Message;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Topic;
import io.embedim.conversation.TopicEvent;
import io.embedim.conversation.TopicListener;
import io.embedim.internal.codec.ClassicEncoder;
import io.embedim.model.UserId;
import io.embedim.protocol.ServerFrame;

/**
 * From a topic's event to the outboxes of the local connections: encoded once, put in once each. Keeps the topic's order, because the broker brings one event at a time.
 */
final class Router implements TopicListener {

    private final LocalIndex index;

    Router(LocalIndex index) {
        this.index = index;
    }

    @Override
    public void onEvent(Topic topic, TopicEvent event) {
        if (event instanceof Message message) {
            route(topic, message.draft());
        } else if (event instanceof Signal.Left left) {
            send(
                    index.inGroup(left.group()),
                    new ServerFrame.Leave(left.group(), left.groupIsNumber(), left.connection(), left.sender()));
        }
    }

    private void route(Topic topic, Draft draft) {
        UserId to = draft.recipient();
        if (draft.conversation() instanceof ConversationId.Group group) {
            send(
                    index.inGroup(group.group()),
                    new ServerFrame.GroupMessage(draft.senderName(), draft.content(), draft.json()));
        } else if (to != null && topic.equals(Topic.of(to))) {
            // The sender's topic is for its v2 devices; its classic ones hear nothing back (protocol C2).
            send(
                    index.ofUser(to),
                    new ServerFrame.PrivateMessage(draft.senderName(), to.value(), draft.content(), draft.json()));
        }
    }

    private static void send(Peer[] recipients, ServerFrame frame) {
        if (recipients.length == 0) {
            return;
        }
        OutboundFrame encoded = ClassicEncoder.encode(frame);
        for (Peer recipient : recipients) {
            recipient.send(encoded);
        }
    }
}
