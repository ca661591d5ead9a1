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
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Payload;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.groups.Default;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.HibernateValidatorConfiguration;
import org.hibernate.validator.cfg.ConstraintMapping;
import org.hibernate.validator.cfg.GenericConstraintDef;
import org.hibernate.validator.cfg.defs.NullDef;
import org.hibernate.validator.cfg.defs.PatternDef;
import org.hibernate.validator.cfg.defs.URLDef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way to "valid" knows what the provider knows, or stands aside. */
class ChecksTest {

    private static final String DANCE =
            "{\"event\":\"dance\",\"mode\":1,\"group_id\":0,\"from_user_id\":1,\"from_username\":\"a\",\"content\":\"x\"}";

    private static final List<@Nullable String> VALUES = Arrays.asList(
            null,
            "",
            " ",
            "0",
            "1",
            "2",
            "-1",
            "１",
            "x",
            "x".repeat(64),
            "😀".repeat(64),
            "x".repeat(65),
            "😀".repeat(65),
            "1".repeat(64),
            "1".repeat(65),
            "😀".repeat(128),
            "名".repeat(129));

    private final ClassicRequest valid = new ClassicDecoder(Limits.defaults()).decode(DANCE);

    @Test
    void theDefaultProvidersMetadataIsUnderstood() {
        Optional<Checks> checks = checks(mapping -> {});

        assertThat(checks).isPresent();
        assertThat(checks.orElseThrow().isValid(valid, false)).isTrue();
        assertThat(checks.orElseThrow().isValid(valid, true)).as("no recipient").isFalse();
    }

    /** Every value in every field, alone and beside every value of every other field. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysWhatTheProviderSays(boolean avatarRequired) {
        ValidationRules rules = ValidationRules.defaults().withAvatarRequired(avatarRequired);
        ConstraintValidatorFactory factory = RuleValidators.factory(rules, factory());
        Validator provider = provider(mapping -> {}, new RequestValidator.Keys(), factory);
        Checks checks = Checks.of(provider, factory).orElseThrow();
        int[] answers = new int[2];

        for (boolean privateSpeak : new boolean[] {true, false}) {
            Class<?>[] groups = privateSpeak
                    ? new Class<?>[] {Default.class, ClassicRequest.PrivateSpeak.class}
                    : new Class<?>[] {Default.class};
            for (ClassicRequest request : requests()) {
                boolean valid = provider.validate(request, groups).isEmpty();
                assertThat(checks.isValid(request, privateSpeak))
                        .as("%s, private: %s", Arrays.toString(fields(request)), privateSpeak)
                        .isEqualTo(valid);
                answers[valid ? 1 : 0]++;
            }
        }

        assertThat(answers[0]).as("invalid requests").isGreaterThan(1_000);
        assertThat(answers[1]).as("valid requests").isGreaterThan(1_000);
    }

    private static List<ClassicRequest> requests() {
        List<ClassicRequest> requests = new ArrayList<>();
        for (String mode : List.of("1", "2")) {
            @Nullable String[] base = {mode, "100", "10086", "阿克苏", "default.png", "你好", "speak", "10000"};
            for (int one = 0; one < base.length; one++) {
                for (int other = 0; other <= one; other++) {
                    for (String first : VALUES) {
                        for (String second : VALUES) {
                            @Nullable String[] changed = base.clone();
                            changed[other] = second;
                            changed[one] = first;
                            requests.add(request(changed));
                        }
                    }
                }
            }
        }
        return requests;
    }

    private static ClassicRequest request(@Nullable String[] of) {
        return new ClassicRequest(
                of[0], of[1], of[2], of[3], of[4], of[5], of[6], of[7], ClassicRequest.Numbers.NONE, "{}");
    }

    private static @Nullable String[] fields(ClassicRequest request) {
        return new @Nullable String[] {
            request.mode(),
            request.groupId(),
            request.fromUserId(),
            request.fromUsername(),
            request.fromAvatar(),
            request.content(),
            request.event(),
            request.toUserId()
        };
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

    /** Another group may hold by way of the default one: the provider knows. */
    @Test
    void aConstraintOfAnotherGroupIsLeftToTheProvider() {
        Consumer<ConstraintMapping> other = mapping -> mapping.type(ClassicRequest.class)
                .field("content")
                .constraint(new NullDef().message("content.required").groups(OtherGroup.class));

        assertThat(checks(other)).isEmpty();
        validator(other).check(valid);
    }

    @Test
    void aConstraintThatNeedsAContextIsLeftToTheProvider() {
        Consumer<ConstraintMapping> reporting = mapping -> mapping.type(ClassicRequest.class)
                .field("event")
                .constraint(new GenericConstraintDef<>(Reporting.class).param("refused", "dance"));
        Consumer<ConstraintMapping> lenient = mapping -> mapping.type(ClassicRequest.class)
                .field("event")
                .constraint(new GenericConstraintDef<>(Reporting.class).param("refused", "sing"));

        validator(lenient).check(valid);
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> validator(reporting).check(valid))
                .satisfies(broken -> assertThat(broken.text()).isEqualTo(ProtocolText.MODE_IN));
    }

    private interface OtherGroup {}

    /** Says by itself what is wrong. */
    @Constraint(validatedBy = ReportingValidator.class)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Reporting {
        String refused();

        String message() default "content.max";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    public static final class ReportingValidator implements ConstraintValidator<Reporting, String> {
        private String refused = "";

        @Override
        public void initialize(Reporting constraint) {
            refused = constraint.refused();
        }

        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(ProtocolText.MODE_IN.key())
                    .addConstraintViolation();
            return !refused.equals(value);
        }
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
