package io.embedim.internal.validation;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.Validator;
import jakarta.validation.metadata.BeanDescriptor;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.PropertyDescriptor;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The constraints of a record as the provider's metadata has them, by validation group. */
final class Constraints {

    private final Map<Class<?>, List<Check>> byGroup = new HashMap<>();

    private Constraints() {}

    /** Empty where the metadata has something that is not understood here. */
    static Optional<Constraints> of(
            Class<?> record, List<String> fields, Validator validator, ConstraintValidatorFactory factory) {
        Constraints constraints = new Constraints();
        BeanDescriptor bean = validator.getConstraintsForClass(record);
        boolean understood = constraints.add(bean.getConstraintDescriptors(), record, Check.WHOLE, factory);
        for (PropertyDescriptor property : bean.getConstrainedProperties()) {
            int field = fields.indexOf(property.getPropertyName());
            understood &= field >= 0
                    && !property.isCascaded()
                    && property.getConstrainedContainerElementTypes().isEmpty()
                    && constraints.add(
                            property.getConstraintDescriptors(), boxed(property.getElementClass()), field, factory);
        }
        return understood ? Optional.of(constraints) : Optional.empty();
    }

    /** Whether there are none in other groups. */
    boolean areIn(Set<Class<?>> groups) {
        return groups.containsAll(byGroup.keySet());
    }

    List<Check> in(Class<?> group) {
        return byGroup.getOrDefault(group, List.of());
    }

    private boolean add(
            Set<ConstraintDescriptor<?>> constraints, Class<?> type, int field, ConstraintValidatorFactory factory) {
        for (ConstraintDescriptor<?> constraint : constraints) {
            ConstraintValidator<Annotation, Object> validator = validator(constraint, type, factory);
            if (validator == null
                    || !constraint.getComposingConstraints().isEmpty()
                    || constraint.getGroups().size() != 1) {
                return false;
            }
            byGroup.computeIfAbsent(constraint.getGroups().iterator().next(), group -> new ArrayList<>())
                    .add(new Check(field, validator));
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

    private static Class<?> boxed(Class<?> type) {
        return type == boolean.class ? Boolean.class : type;
    }
}
