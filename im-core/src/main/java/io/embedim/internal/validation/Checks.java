package io.embedim.internal.validation;

import io.embedim.protocol.ClassicRequest;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.Validator;
import jakarta.validation.groups.Default;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the constraints of {@link ClassicRequest} whether a request is valid, and nothing more.
 *
 * <p>Which constraints there are, and which class checks each, comes from the provider's metadata (Jakarta Validation 3.0, section 7), so the annotations stay the only place where the
 * rules are. What {@link Validator#validate} does besides, paths and contexts for reports, a valid request does not need; an invalid one goes there. Immutable and safe for use by
 * any thread.
 */
final class Checks {

    private static final List<String> FIELDS =
            List.of("mode", "groupId", "fromUserId", "fromUsername", "fromAvatar", "content", "event", "toUserId");

    private final Check[] always;
    private final Check[] forPrivateSpeak;

    private Checks(List<Check> always, List<Check> forPrivateSpeak) {
        this.always = always.toArray(Check[]::new);
        this.forPrivateSpeak = forPrivateSpeak.toArray(Check[]::new);
    }

    /** Empty where the metadata has something that is not understood here; then only the provider itself can tell. */
    static Optional<Checks> of(Validator validator, ConstraintValidatorFactory factory) {
        return Constraints.of(ClassicRequest.class, FIELDS, validator, factory)
                .filter(found -> found.areIn(Set.of(Default.class, ClassicRequest.PrivateSpeak.class)))
                .map(found -> new Checks(found.in(Default.class), found.in(ClassicRequest.PrivateSpeak.class)));
    }

    boolean isValid(ClassicRequest request, boolean privateSpeak) {
        return holds(always, request) && (!privateSpeak || holds(forPrivateSpeak, request));
    }

    private static boolean holds(Check[] checks, ClassicRequest request) {
        for (Check check : checks) {
            if (!check.validator().isValid(value(request, check.field()), NoContext.INSTANCE)) {
                return false;
            }
        }
        return true;
    }

    /** A switch, because this is done for each rule and frame, and a function of each field would be called by way of a table. */
    private static @Nullable Object value(ClassicRequest request, int field) {
        return switch (field) {
            case 0 -> request.mode();
            case 1 -> request.groupId();
            case 2 -> request.fromUserId();
            case 3 -> request.fromUsername();
            case 4 -> request.fromAvatar();
            case 5 -> request.content();
            case 6 -> request.event();
            case 7 -> request.toUserId();
            default -> request;
        };
    }
}
