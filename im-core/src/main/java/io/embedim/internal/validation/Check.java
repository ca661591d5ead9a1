package io.embedim.internal.validation;

import jakarta.validation.ConstraintValidator;
import java.lang.annotation.Annotation;

/**
 * One constraint, and who can tell whether it holds.
 *
 * @param field which field it is about, or {@link #WHOLE}
 * @param validator asked with the field's value
 */
record Check(int field, ConstraintValidator<Annotation, Object> validator) {

    /** What a constraint of the whole request looks at. */
    static final int WHOLE = -1;
}
