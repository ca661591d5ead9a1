package io.embedim.internal.validation;

import io.embedim.protocol.ClassicRequest;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.Validator;
import jakarta.validation.groups.Default;
import jakarta.validation.metadata.BeanDescriptor;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.PropertyDescriptor;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the constraints of {@link ClassicRequest} whether a request is valid, and nothing more.
 *
 * <p>Which constraints there are, and which class checks each, comes from the provider's metadata (Jakarta Validation 3.0, section 7), so the annotations stay the only place where the
 * rules are. What {@link Validator#validate} does besides, paths and contexts for reports, a valid request does not need; an invalid one goes there. Immutable and safe for use by
 * any thread.
 */
final class Checks {

    private static final List<String> FIELDS =
            List.of("mode", "groupId", "fromUserId", "fromUsername", "fromAvatar", "content", "event", "toUserId");

    /** What a constraint of the whole request looks at. */
    private static final int WHOLE = -1;

    private final Check[] always;
    private final Check[] forPrivateSpeak;

    private Checks(List<Check> always, List<Check> forPrivateSpeak) {
        this.always = always.toArray(Check[]::new);
        this.forPrivateSpeak = forPrivateSpeak.toArray(Check[]::new);
    }

    /** Empty where the metadata has something that is not understood here; then only the provider itself can tell. */
    static Optional<Checks> of(Validator validator, ConstraintValidatorFactory factory) {
        BeanDescriptor bean = validator.getConstraintsForClass(ClassicRequest.class);
        List<Check> always = new ArrayList<>();
        List<Check> forPrivateSpeak = new ArrayList<>();
        boolean understood =
                add(bean.getConstraintDescriptors(), ClassicRequest.class, WHOLE, factory, always, forPrivateSpeak);
        for (PropertyDescriptor property : bean.getConstrainedProperties()) {
            int field = FIELDS.indexOf(property.getPropertyName());
            understood &= field >= 0
                    && !property.isCascaded()
                    && property.getConstrainedContainerElementTypes().isEmpty()
                    && add(property.getConstraintDescriptors(), String.class, field, factory, always, forPrivateSpeak);
        }
        return understood ? Optional.of(new Checks(always, forPrivateSpeak)) : Optional.empty();
    }

    boolean isValid(ClassicRequest request, boolean privateSpeak) {
        return holds(always, request) && (!privateSpeak || holds(forPrivateSpeak, request));
    }

    private static boolean holds(Check[] checks, ClassicRequest request) {
        for (Check check : checks) {
            if (!check.holds(request)) {
                return false;
            }
        }
        return true;
    }

    private static boolean add(
            Set<ConstraintDescriptor<?>> constraints,
            Class<?> type,
            int field,
            ConstraintValidatorFactory factory,
            List<Check> always,
            List<Check> forPrivateSpeak) {
        for (ConstraintDescriptor<?> constraint : constraints) {
            ConstraintValidator<Annotation, Object> validator = validator(constraint, type, factory);
            if (validator == null || !constraint.getComposingConstraints().isEmpty()) {
                return false;
            }
            Check check = new Check(field, validator);
            if (constraint.getGroups().equals(Set.of(Default.class))) {
                always.add(check);
            } else if (constraint.getGroups().equals(Set.of(ClassicRequest.PrivateSpeak.class))) {
                forPrivateSpeak.add(check);
            } else {
                return false;
            }
        }
        return true;
    }

    private static @Nullable ConstraintValidator<Annotation, Object> validator(
            ConstraintDescriptor<?> constraint, Class<?> type, ConstraintValidatorFactory factory) {
        ConstraintValidator<Annotation, Object> found = null;
        for (Class<?> candidate : constraint.getConstraintValidatorClasses()) {
            if (takes(candidate, type)) {
                if (found != null) {
                    return null; // Which one is meant is for the provider to say.
                }
                found = instance(candidate, factory);
                found.initialize(constraint.getAnnotation());
            }
        }
        return found;
    }

    /** The specification has a constraint's validators take its annotation, and those that {@link #takes} lets through take the value. */
    @SuppressWarnings("unchecked")
    private static ConstraintValidator<Annotation, Object> instance(Class<?> type, ConstraintValidatorFactory factory) {
        return (ConstraintValidator<Annotation, Object>)
                factory.getInstance(type.asSubclass(ConstraintValidator.class));
    }

    private static boolean takes(Class<?> validator, Class<?> type) {
        for (Type implemented : validator.getGenericInterfaces()) {
            if (implemented instanceof ParameterizedType parameterized
                    && parameterized.getRawType() == ConstraintValidator.class
                    && parameterized.getActualTypeArguments()[1] instanceof Class<?> taken) {
                return taken.isAssignableFrom(type);
            }
        }
        return false;
    }

    private record Check(int field, ConstraintValidator<Annotation, Object> validator) {

        boolean holds(ClassicRequest request) {
            return validator.isValid(value(request), NoContext.INSTANCE);
        }

        /** A switch, because this is done for each rule and frame, and a function of each field would be called by way of a table. */
        private @Nullable Object value(ClassicRequest request) {
            return switch (field) {
                case 0 -> request.mode();
                case 1 -> request.groupId();
                case 2 -> request.fromUserId();
                case 3 -> request.fromUsername();
                case 4 -> request.fromAvatar();
                case 5 -> request.content();
                case 6 -> request.event();
                case 7 -> request.toUserId();
                default -> request;
            };
        }
    }
}
