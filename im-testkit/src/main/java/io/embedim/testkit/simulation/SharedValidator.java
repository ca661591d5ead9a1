package io.embedim.testkit.simulation;

import io.embedim.protocol.ValidatorBootstrap;
import jakarta.validation.Configuration;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One validator for all servers: to make one takes longer than a simulated run, and all have the same rules. */
final class SharedValidator implements ValidatorBootstrap {

    private @Nullable Validator made;

    @Override
    public synchronized Validator create(
            UnaryOperator<ConstraintValidatorFactory> validators, MessageInterpolator interpolator) {
        Validator validator = made;
        if (validator == null) {
            Configuration<?> configuration =
                    Validation.byDefaultProvider().configure().ignoreXmlConfiguration();
            validator = configuration
                    .messageInterpolator(interpolator)
                    .constraintValidatorFactory(validators.apply(configuration.getDefaultConstraintValidatorFactory()))
                    .buildValidatorFactory()
                    .getValidator();
            made = validator;
        }
        return validator;
    }
}
