package io.embedim.internal.validation;

import io.embedim.protocol.ValidatorBootstrap;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.function.UnaryOperator;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.HibernateValidatorConfiguration;

/** The default provider, named outright: what else the host has on its class path, and its {@code validation.xml}, make no difference. */
public final class HibernateBootstrap implements ValidatorBootstrap {

    @Override
    public Validator create(UnaryOperator<ConstraintValidatorFactory> validators, MessageInterpolator interpolator) {
        HibernateValidatorConfiguration configuration =
                Validation.byProvider(HibernateValidator.class).configure().ignoreXmlConfiguration();
        return configuration
                .messageInterpolator(interpolator)
                .constraintValidatorFactory(validators.apply(configuration.getDefaultConstraintValidatorFactory()))
                .buildValidatorFactory()
                .getValidator();
    }
}
