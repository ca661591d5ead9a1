package io.embedim.protocol;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** In mode 2 the group is not 0. Source: docs/protocol.md, rule C-GROUP. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = RuleValidators.GroupForGroupChatValidator.class)
public @interface GroupForGroupChat {

    /**
     * The key of the text.
     *
     * @return a key of {@link ProtocolText}
     */
    String message();

    /**
     * When the rule holds.
     *
     * @return validation groups
     */
    Class<?>[] groups() default {};

    /**
     * Not used.
     *
     * @return nothing
     */
    Class<? extends Payload>[] payload() default {};
}
