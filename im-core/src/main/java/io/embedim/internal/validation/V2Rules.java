package io.embedim.internal.validation;

import io.embedim.protocol.V2Request;
import jakarta.validation.groups.Default;
import java.util.List;

/** Which rules of {@link V2Request} hold for a frame; each has those before it. */
public enum V2Rules {
    /** It may have an id. */
    FRAME(Default.class),
    /** It is about a conversation. */
    ABOUT(Default.class, V2Request.About.class),
    /** It is written to a log. */
    WRITING(Default.class, V2Request.About.class, V2Request.Writing.class),
    /** It says something. */
    SAYING(Default.class, V2Request.About.class, V2Request.Writing.class, V2Request.Saying.class);

    private final Class<?>[] groups;

    V2Rules(Class<?>... groups) {
        this.groups = groups;
    }

    Class<?>[] groups() {
        return groups.clone();
    }

    List<Class<?>> list() {
        return List.of(groups);
    }
}
