package io.embedim.protocol;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code body} of a message of the dialect {@code im.v2} has that the validation rules stand on. Fields are null where they are missing. Source: docs/protocol-v2.md.
 *
 * @param url where the file is
 * @param name how the file or the place is called
 * @param mime of which type the file is
 * @param latitude how far north, in degrees
 * @param longitude how far east, in degrees
 */
@SuppressWarnings("MultipleNullnessAnnotations") // It may be null until the constraint has said that it may not.
public record V2Body(
        @NotNull(message = "body.url", groups = OfFile.class)
        @Size(max = 2048, message = "body.url", groups = OfFile.class)
        @Pattern(regexp = URL, message = "body.url", groups = OfFile.class)
        @Nullable
        String url,

        @Size(
                max = 255,
                message = "body.fields",
                groups = {OfFile.class, OfPlace.class})
        @Nullable
        String name,

        @Size(max = 127, message = "body.fields", groups = OfFile.class) @Nullable
        String mime,

        @NotNull(message = "body.place", groups = OfPlace.class)
        @DecimalMin(value = "-90", message = "body.place", groups = OfPlace.class)
        @DecimalMax(value = "90", message = "body.place", groups = OfPlace.class)
        @Nullable
        Double latitude,

        @NotNull(message = "body.place", groups = OfPlace.class)
        @DecimalMin(value = "-180", message = "body.place", groups = OfPlace.class)
        @DecimalMax(value = "180", message = "body.place", groups = OfPlace.class)
        @Nullable
        Double longitude) {

    /** No other scheme; and nothing that a browser takes for the start of another host, as it does {@code //}, {@code /\\} and a slash behind a line feed. */
    private static final String URL = "https?:[^\\x00-\\x20\\x7f\\\\]+|/(?!/)[^\\x00-\\x20\\x7f\\\\]*";

    /** The rules of images, files and voices. */
    public interface OfFile {}

    /** The rules of locations. */
    public interface OfPlace {}

    @Override
    public String toString() {
        return "V2Body[]";
    }
}
