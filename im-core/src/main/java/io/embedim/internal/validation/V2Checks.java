package io.embedim.internal.validation;

import io.embedim.protocol.V2Request;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.Validator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link Checks} is for a classic request, for {@link V2Request}. Immutable and safe for use by any thread. */
final class V2Checks {

    private static final List<String> FIELDS = List.of(
            "id",
            "groupOfConv",
            "groupId",
            "toUserId",
            "mode",
            "fromUserId",
            "content",
            "idRandom",
            "groupReal",
            "groupOfConvReal",
            "typeKnown",
            "aboutOne",
            "modeFitting",
            "contentThere",
            "bodyThere");

    private final Map<V2Rules, Check[]> byRules = new EnumMap<>(V2Rules.class);

    private V2Checks(Constraints constraints) {
        for (V2Rules rules : V2Rules.values()) {
            byRules.put(
                    rules,
                    rules.groups().stream()
                            .flatMap(group -> constraints.in(group).stream())
                            .toArray(Check[]::new));
        }
    }

    /** Empty where the metadata has something that is not understood here; then only the provider itself can tell. */
    static Optional<V2Checks> of(Validator validator, ConstraintValidatorFactory factory) {
        return Constraints.of(V2Request.class, FIELDS, validator, factory)
                .filter(found -> found.areIn(Set.copyOf(V2Rules.SAYING.groups())))
                .map(V2Checks::new);
    }

    boolean isValid(V2Request request, V2Rules rules) {
        Check[] checks = byRules.get(rules);
        if (checks == null) {
            return false; // Then the provider can tell.
        }
        for (Check check : checks) {
            if (!check.validator().isValid(value(request, check.field()), NoContext.INSTANCE)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Object value(V2Request request, int field) {
        return switch (field) {
            case 0 -> request.id();
            case 1 -> request.groupOfConv();
            case 2 -> request.groupId();
            case 3 -> request.toUserId();
            case 4 -> request.mode();
            case 5 -> request.fromUserId();
            case 6 -> request.content();
            case 7 -> request.isIdRandom();
            case 8 -> request.isGroupReal();
            case 9 -> request.isGroupOfConvReal();
            case 10 -> request.isTypeKnown();
            case 11 -> request.isAboutOne();
            case 12 -> request.isModeFitting();
            case 13 -> request.isContentThere();
            case 14 -> request.isBodyThere();
            default -> request;
        };
    }
}
