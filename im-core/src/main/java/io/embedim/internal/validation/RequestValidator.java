package io.embedim.internal.validation;

import io.embedim.protocol.ClassicRequest;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.RuleValidators;
import io.embedim.protocol.V2Body;
import io.embedim.protocol.V2Request;
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
 * Applies the constraints of {@link ClassicRequest} and {@link V2Request}, and reports the first broken one in the documented order.
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
    private final @Nullable V2Checks v2Checks;

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
        v2Checks = used == null ? null : V2Checks.of(validator, used).orElse(null);
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

    /** The first rule that a frame of {@code im.v2} breaks, or null where it breaks none. */
    public @Nullable ProtocolText broken(V2Request request, V2Rules rules) {
        if (isSurelyValid(request, rules)) {
            return null;
        }
        Set<ConstraintViolation<V2Request>> broken = validator.validate(request, rules.groups().toArray(Class<?>[]::new));
        return broken.isEmpty() ? null : first(broken);
    }

    /** The first rule that a body breaks, or null where it breaks none. */
    public @Nullable ProtocolText broken(V2Body body, Class<?> rules) {
        Set<ConstraintViolation<V2Body>> broken = validator.validate(body, rules);
        return broken.isEmpty() ? null : first(broken);
    }

    private boolean isSurelyValid(V2Request request, V2Rules rules) {
        if (v2Checks == null) {
            return false;
        }
        try {
            return v2Checks.isValid(request, rules);
        } catch (RuntimeException e) {
            return false; // As for a classic request.
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

    private static <T> ProtocolText first(Set<ConstraintViolation<T>> broken) {
        ProtocolText first = null;
        for (ConstraintViolation<T> violation : broken) {
            ProtocolText text = TEXTS.get(violation.getMessageTemplate());
            if (text == null) {
                throw new IllegalStateException("a constraint of a request has the message '"
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
