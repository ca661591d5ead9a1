package io.embedim.internal.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.embedim.internal.codec.ClassicDecoder;
import io.embedim.model.Limits;
import io.embedim.protocol.ClassicRequest;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.RuleValidators;
import io.embedim.protocol.ValidationRules;
import io.embedim.protocol.ValidatorBootstrap;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.HibernateValidatorConfiguration;
import org.hibernate.validator.cfg.ConstraintMapping;
import org.hibernate.validator.cfg.defs.NullDef;
import org.hibernate.validator.cfg.defs.PatternDef;
import org.hibernate.validator.cfg.defs.URLDef;
import org.junit.jupiter.api.Test;

/** The quick way to "valid" knows what the provider knows, or stands aside. */
class ChecksTest {

    private static final String DANCE =
            "{\"event\":\"dance\",\"mode\":1,\"group_id\":0,\"from_user_id\":1,\"from_username\":\"a\",\"content\":\"x\"}";

    private final ClassicRequest valid = new ClassicDecoder(Limits.defaults()).decode(DANCE);

    @Test
    void theDefaultProvidersMetadataIsUnderstood() {
        Optional<Checks> checks = checks(mapping -> {});

        assertThat(checks).isPresent();
        assertThat(checks.orElseThrow().isValid(valid, false)).isTrue();
        assertThat(checks.orElseThrow().isValid(valid, true)).as("no recipient").isFalse();
    }

    @Test
    void aConstraintThatTheApplicationAddedHolds() {
        RequestValidator validator = validator(mapping -> mapping.type(ClassicRequest.class)
                .field("content")
                .constraint(new PatternDef().regexp("[^x]*").message("content.max")));

        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> validator.check(valid))
                .satisfies(broken -> assertThat(broken.text()).isEqualTo(ProtocolText.CONTENT_MAX));
    }

    @Test
    void aConstraintThatIsComposedOfOthersIsLeftToTheProvider() {
        Consumer<ConstraintMapping> url = mapping -> mapping.type(ClassicRequest.class)
                .field("fromAvatar")
                .constraint(new URLDef().message("from_avatar.required"));

        assertThat(checks(url)).isEmpty();
        validator(url).check(valid);
    }

    @Test
    void aConstraintOfAnUnknownPropertyIsLeftToTheProvider() {
        Consumer<ConstraintMapping> json = mapping ->
                mapping.type(ClassicRequest.class).field("json").constraint(new NullDef().message("content.required"));

        assertThat(checks(json)).isEmpty();
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> validator(json).check(valid));
    }

    @Test
    void aProviderThatDoesNotUseTheFactoryIsAskedItself() {
        AtomicInteger made = new AtomicInteger();
        ValidatorBootstrap alone = (validators, interpolator) -> {
            made.incrementAndGet();
            return Validation.byProvider(HibernateValidator.class)
                    .configure()
                    .ignoreXmlConfiguration()
                    .messageInterpolator(interpolator)
                    .constraintValidatorFactory(RuleValidators.factory(ValidationRules.defaults(), factory()))
                    .buildValidatorFactory()
                    .getValidator();
        };

        new RequestValidator(alone, ValidationRules.defaults()).check(valid);
        assertThat(made).hasValue(1);
    }

    private static RequestValidator validator(Consumer<ConstraintMapping> more) {
        return new RequestValidator(
                (validators, interpolator) -> provider(more, interpolator, validators.apply(factory())),
                ValidationRules.defaults());
    }

    private static Optional<Checks> checks(Consumer<ConstraintMapping> more) {
        ConstraintValidatorFactory factory = RuleValidators.factory(ValidationRules.defaults(), factory());
        return Checks.of(provider(more, new RequestValidator.Keys(), factory), factory);
    }

    private static ConstraintValidatorFactory factory() {
        return Validation.byProvider(HibernateValidator.class)
                .configure()
                .ignoreXmlConfiguration()
                .getDefaultConstraintValidatorFactory();
    }

    private static Validator provider(
            Consumer<ConstraintMapping> more, MessageInterpolator interpolator, ConstraintValidatorFactory factory) {
        HibernateValidatorConfiguration configuration =
                Validation.byProvider(HibernateValidator.class).configure().ignoreXmlConfiguration();
        ConstraintMapping mapping = configuration.createConstraintMapping();
        more.accept(mapping);
        return configuration
                .addMapping(mapping)
                .messageInterpolator(interpolator)
                .constraintValidatorFactory(factory)
                .buildValidatorFactory()
                .getValidator();
    }
}
