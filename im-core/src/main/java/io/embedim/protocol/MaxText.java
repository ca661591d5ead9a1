package io.embedim.protocol;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The text has at most {@link ValidationRules#maxText()} Unicode code points. Null and the empty text are valid here. Source: docs/protocol-v2.md "Speaking". */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = RuleValidators.MaxTextValidator.class)
public @interface MaxText {

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
