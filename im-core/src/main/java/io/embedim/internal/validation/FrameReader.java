package io.embedim.internal.validation;

import io.embedim.internal.codec.ClassicDecoder;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.protocol.ClassicRequest;
import io.embedim.protocol.ClientFrame;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.Sender;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From a text to a frame that can be acted upon: decodes, validates, names. Safe for use by any thread. */
public final class FrameReader {

    private final ClassicDecoder decoder;
    private final RequestValidator validator;
    private final boolean takesTickets;

    public FrameReader(ClassicDecoder decoder, RequestValidator validator, boolean takesTickets) {
        this.decoder = decoder;
        this.validator = validator;
        this.takesTickets = takesTickets;
    }

    /**
     * Reads a classic frame.
     *
     * @throws ProtocolException with the first broken rule
     */
    public ClientFrame read(String text) {
        ClassicRequest request = decoder.decode(text);
        String event = request.event();
        if ("ping".equals(event)) {
            return new ClientFrame.Ping(request.json());
        }
        if (takesTickets && "auth".equals(event)) {
            return auth(request);
        }
        validator.check(request);
        boolean toGroup = "2".equals(request.mode());
        if ("speak".equals(event)) {
            Sender sender = sender(request);
            String content = valid(request.content());
            return toGroup
                    ? new ClientFrame.SpeakGroup(sender, new GroupId(valid(request.groupId())), content, request.json())
                    : new ClientFrame.SpeakPrivate(
                            sender, new UserId(valid(request.toUserId())), content, request.json());
        }
        if ("join".equals(event)) {
            Sender sender = sender(request);
            return toGroup
                    ? new ClientFrame.JoinGroup(
                            sender,
                            new GroupId(valid(request.groupId())),
                            request.numbers().groupId(),
                            request.json())
                    : new ClientFrame.JoinPrivate(sender, request.json());
        }
        return new ClientFrame.Unrecognized(request.json());
    }

    private ClientFrame.Auth auth(ClassicRequest request) {
        String ticket = decoder.text(request.json(), "ticket");
        if (ticket == null || ticket.isEmpty()) {
            throw new ProtocolException(ProtocolText.TICKET_REQUIRED);
        }
        return new ClientFrame.Auth(ticket);
    }

    private static Sender sender(ClassicRequest request) {
        ClassicRequest.Numbers numbers = request.numbers();
        return new Sender(
                new UserId(valid(request.fromUserId())),
                numbers.fromUserId(),
                valid(request.fromUsername()),
                numbers.fromUsername(),
                request.fromAvatar());
    }

    /** The validator has seen to it; if a replaced one has not, better here than later. */
    private static String valid(@Nullable String field) {
        return Objects.requireNonNull(field, "the validator let a missing field pass");
    }
}
