package io.embedim.internal.validation;

import io.embedim.protocol.ClassicRequest;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.RuleValidators;
import io.embedim.protocol.ValidationRules;
import io.embedim.protocol.ValidatorBootstrap;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validator;
import jakarta.validation.groups.Default;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Applies the constraints of {@link ClassicRequest} and reports the first broken one in the documented order.
 *
 * <p>The order is that of {@link ProtocolText}: all rules are checked in one go, which is the cheap case because frames are mostly valid, and of what is broken the one that
 * comes first there is reported. Safe for use by any thread.
 */
public final class RequestValidator {

    private static final Class<?>[] ALWAYS = {Default.class};
    private static final Class<?>[] PRIVATE_SPEAK = {Default.class, ClassicRequest.PrivateSpeak.class};
    private static final Map<String, ProtocolText> TEXTS = Arrays.stream(ProtocolText.values())
            .collect(Collectors.toUnmodifiableMap(ProtocolText::key, Function.identity()));

    private final Validator validator;
    private final @Nullable Checks checks;

    public RequestValidator(ValidatorBootstrap bootstrap, ValidationRules rules) {
        AtomicReference<@Nullable ConstraintValidatorFactory> factory = new AtomicReference<>();
        validator = bootstrap.create(
                others -> {
                    ConstraintValidatorFactory ours = RuleValidators.factory(rules, others);
                    factory.set(ours);
                    return ours;
                },
                new Keys());
        ConstraintValidatorFactory used = factory.get();
        checks = used == null ? null : Checks.of(validator, used).orElse(null);
    }

    /**
     * Checks a request.
     *
     * @throws ProtocolException with the first broken rule
     */
    public void check(ClassicRequest request) {
        boolean privateSpeak = "speak".equals(request.event()) && "1".equals(request.mode());
        if (isSurelyValid(request, privateSpeak)) {
            return;
        }
        Set<ConstraintViolation<ClassicRequest>> broken =
                validator.validate(request, privateSpeak ? PRIVATE_SPEAK : ALWAYS);
        if (!broken.isEmpty()) {
            throw new ProtocolException(first(broken));
        }
    }

    /** False where the request is invalid, or where only the provider can tell. */
    private boolean isSurelyValid(ClassicRequest request, boolean privateSpeak) {
        if (checks == null) {
            return false;
        }
        try {
            return checks.isValid(request, privateSpeak);
        } catch (RuntimeException e) {
            return false; // A constraint that needs a context; a real fault will show again.
        }
    }

    private static ProtocolText first(Set<ConstraintViolation<ClassicRequest>> broken) {
        ProtocolText first = null;
        for (ConstraintViolation<ClassicRequest> violation : broken) {
            ProtocolText text = TEXTS.get(violation.getMessageTemplate());
            if (text == null) {
                throw new IllegalStateException("a constraint of ClassicRequest has the message '"
                        + violation.getMessageTemplate() + "'; expected a key of ProtocolText");
            }
            if (first == null || text.compareTo(first) < 0) {
                first = text;
            }
        }
        if (first == null) {
            throw new IllegalStateException("no violation");
        }
        return first;
    }

    /** Messages are keys; texts are chosen later, for the language of the connection. */
    static final class Keys implements MessageInterpolator {

        @Override
        public String interpolate(String key, Context context) {
            return key;
        }

        @Override
        public String interpolate(String key, Context context, Locale locale) {
            return key;
        }
    }
}
