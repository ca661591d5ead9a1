package io.embedim.protocol;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.ConstraintValidatorFactory;
import org.jspecify.annotations.Nullable;

/**
 * The validators of this package's constraints. All are stateless or immutable after {@code initialize}, as the specification demands.
 *
 * <p>Source: Jakarta Validation 3.0, section 3.4.
 */
public final class RuleValidators {

    private static final int MAX_ID = 64;

    private RuleValidators() {}

    /**
     * A factory whose validators follow an application's rules; for a {@code jakarta.validation.Configuration}.
     *
     * @param rules the rules
     * @param others makes the validators of all other constraints
     * @return a factory
     */
    public static ConstraintValidatorFactory factory(ValidationRules rules, ConstraintValidatorFactory others) {
        return new Factory(rules, others);
    }

    private static boolean exceeds(String text, int codePoints) {
        int length = text.length();
        return length > codePoints && text.codePointCount(0, length) > codePoints;
    }

    private record Factory(ValidationRules rules, ConstraintValidatorFactory others)
            implements ConstraintValidatorFactory {

        @Override
        public <T extends ConstraintValidator<?, ?>> T getInstance(Class<T> type) {
            if (type == ModeValidator.class) {
                return type.cast(new ModeValidator());
            }
            if (type == GroupIdFormValidator.class) {
                return type.cast(new GroupIdFormValidator(rules));
            }
            if (type == GroupForGroupChatValidator.class) {
                return type.cast(new GroupForGroupChatValidator());
            }
            if (type == MaxCodePointsValidator.class) {
                return type.cast(new MaxCodePointsValidator());
            }
            if (type == AvatarValidator.class) {
                return type.cast(new AvatarValidator(rules));
            }
            if (type == MaxContentValidator.class) {
                return type.cast(new MaxContentValidator(rules));
            }
            if (type == MaxTextValidator.class) {
                return type.cast(new MaxTextValidator(rules));
            }
            return others.getInstance(type);
        }

        @Override
        public void releaseInstance(ConstraintValidator<?, ?> instance) {
            if (instance.getClass().getEnclosingClass() != RuleValidators.class) {
                others.releaseInstance(instance);
            }
        }
    }

    static final class ModeValidator implements ConstraintValidator<KnownMode, String> {
        @Override
        public boolean isValid(@Nullable String mode, ConstraintValidatorContext context) {
            return mode == null || mode.isEmpty() || mode.equals("1") || mode.equals("2");
        }
    }

    static final class GroupIdFormValidator implements ConstraintValidator<GroupIdForm, String> {
        private final ValidationRules rules;

        GroupIdFormValidator(ValidationRules rules) {
            this.rules = rules;
        }

        @Override
        public boolean isValid(@Nullable String id, ConstraintValidatorContext context) {
            return id == null
                    || id.isEmpty()
                    || (!exceeds(id, MAX_ID) && rules.groupIdForm().test(id));
        }
    }

    static final class GroupForGroupChatValidator implements ConstraintValidator<GroupForGroupChat, ClassicRequest> {
        @Override
        public boolean isValid(ClassicRequest request, ConstraintValidatorContext context) {
            return !"2".equals(request.mode()) || !"0".equals(request.groupId());
        }
    }

    static final class MaxCodePointsValidator implements ConstraintValidator<MaxCodePoints, String> {
        private int max;

        @Override
        public void initialize(MaxCodePoints constraint) {
            max = constraint.value();
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            return text == null || !exceeds(text, max);
        }
    }

    static final class AvatarValidator implements ConstraintValidator<AvatarIfRequired, String> {
        private final ValidationRules rules;

        AvatarValidator(ValidationRules rules) {
            this.rules = rules;
        }

        @Override
        public boolean isValid(@Nullable String avatar, ConstraintValidatorContext context) {
            return !rules.avatarRequired() || (avatar != null && !avatar.isEmpty());
        }
    }

    static final class MaxContentValidator implements ConstraintValidator<MaxContent, String> {
        private final ValidationRules rules;

        MaxContentValidator(ValidationRules rules) {
            this.rules = rules;
        }

        @Override
        public boolean isValid(@Nullable String content, ConstraintValidatorContext context) {
            return content == null || !exceeds(content, rules.maxContent());
        }
    }

    static final class MaxTextValidator implements ConstraintValidator<MaxText, String> {
        private final ValidationRules rules;

        MaxTextValidator(ValidationRules rules) {
            this.rules = rules;
        }

        @Override
        public boolean isValid(@Nullable String content, ConstraintValidatorContext context) {
            return content == null || !exceeds(content, rules.maxText());
        }
    }
}
