package io.embedim.internal.v2;

import io.embedim.internal.validation.RequestValidator;
import io.embedim.model.Limits;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import java.util.List;

/**
 * From a text to what a client asks for: decodes and validates. Safe for use by any thread.
 */
public final class RequestReader {

    public RequestReader(Limits limits, RequestValidator validator) {}

    /**
     * Reads one object, or an array of objects.
     *
     * @return one item for each object, in order; a single fault where an array has none or too many
     * @throws ProtocolException with {@link ProtocolText#INVALID_JSON} or {@link ProtocolText#NOT_AN_OBJECT}; the connection cannot go on
     */
    public List<Item> read(String text) {
        throw new ProtocolException(ProtocolText.INVALID_JSON);
    }
}
