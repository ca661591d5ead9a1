package io.embedim.internal.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.protocol.RuleValidators;
import io.embedim.protocol.V2Request;
import io.embedim.protocol.ValidationRules;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.Validator;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The short way says what the provider says (ADR 4). */
class V2ChecksTest {

    private static final String ID = "V1StGXR8_Z5jdHi6B-myT";
    private static final @Nullable String[] IDS = {null, "", "1", ID};
    private static final @Nullable String[] GROUPS = {null, "", "0", "7", "a"};
    private static final @Nullable String[] USERS = {null, "", "bob", "x".repeat(65)};
    private static final @Nullable String[] MODES = {null, "", "1", "2", "3"};
    private static final @Nullable String[] TYPES = {null, "text", "image", "video"};
    private static final @Nullable String[] CONTENTS = {null, "", "x", "x".repeat(4_001)};

    private final AtomicReference<@Nullable ConstraintValidatorFactory> factory = new AtomicReference<>();
    private final Validator validator = new HibernateBootstrap()
            .create(
                    others -> {
                        ConstraintValidatorFactory ours = RuleValidators.factory(ValidationRules.defaults(), others);
                        factory.set(ours);
                        return ours;
                    },
                    new RequestValidator.Keys());
    private final V2Checks checks =
            V2Checks.of(validator, Objects.requireNonNull(factory.get())).orElseThrow();

    @Test
    void allRulesAreUnderstoodAndAgreeWithTheProvider() {
        int valid = 0;
        for (@Nullable String id : IDS) {
            for (@Nullable String group : GROUPS) {
                for (@Nullable String user : USERS) {
                    for (@Nullable String mode : MODES) {
                        valid += check(new V2Request(id, null, null, group, user, mode, user, "text", "x", false));
                        valid += check(new V2Request(id, "g:7", group, null, null, mode, null, null, "x", false));
                    }
                }
            }
        }
        for (@Nullable String type : TYPES) {
            for (@Nullable String content : CONTENTS) {
                valid += check(new V2Request(ID, "g:7", "7", null, null, null, null, type, content, false));
                valid += check(new V2Request(ID, "g:7", "7", null, null, null, null, type, content, true));
            }
        }

        assertThat(valid).isGreaterThan(100);
    }

    /** For how many kinds of frames it is valid. */
    private int check(V2Request request) {
        int valid = 0;
        for (V2Rules rules : V2Rules.values()) {
            boolean expected = validator.validate(request, rules.groups().toArray(Class<?>[]::new)).isEmpty();
            assertThat(checks.isValid(request, rules)).isEqualTo(expected);
            valid += expected ? 1 : 0;
        }
        return valid;
    }
}
