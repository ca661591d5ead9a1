package io.embedim.internal.validation;

import io.embedim.protocol.V2Request;
import jakarta.validation.groups.Default;
import java.util.List;

/** Which rules of {@link V2Request} hold for a frame; each has those before it. */
public enum V2Rules {
    /** It may have an id. */
    FRAME,
    /** It is about a conversation. */
    ABOUT,
    /** It is written to a log. */
    WRITING,
    /** It says something. */
    SAYING;

    /** The validation groups that it stands for. */
    List<Class<?>> groups() {
        return switch (this) {
            case FRAME -> List.of(Default.class);
            case ABOUT -> List.of(Default.class, V2Request.About.class);
            case WRITING -> List.of(Default.class, V2Request.About.class, V2Request.Writing.class);
            case SAYING ->
                List.of(Default.class, V2Request.About.class, V2Request.Writing.class, V2Request.Saying.class);
        };
    }
}
