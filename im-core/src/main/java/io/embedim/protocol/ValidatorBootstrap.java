package io.embedim.protocol;

import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validator;
import java.util.function.UnaryOperator;

/** Makes the Jakarta Validation validator that the server uses. Called once, when the server is built. */
@FunctionalInterface
public interface ValidatorBootstrap {

    /**
     * Makes a validator.
     *
     * @param validators wraps the provider's own constraint validator factory; must be used, it carries the {@link ValidationRules}
     * @param interpolator must be used: messages are keys of {@link ProtocolText}, not templates
     * @return a validator, safe for use by any thread
     */
    Validator create(UnaryOperator<ConstraintValidatorFactory> validators, MessageInterpolator interpolator);
}
