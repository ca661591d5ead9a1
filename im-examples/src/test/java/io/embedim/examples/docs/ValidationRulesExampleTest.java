package io.embedim.examples.docs;

import static io.embedim.testkit.RecordingConnectionAssert.assertThat;

import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.connection.Handshake;
import io.embedim.protocol.ValidationRules;
import io.embedim.protocol.ValidatorBootstrap;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.function.UnaryOperator;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.HibernateValidatorConfiguration;
import org.junit.jupiter.api.Test;

class ValidationRulesExampleTest {

    private static final String JOIN =
            "{\"event\":\"join\",\"mode\":2,\"group_id\":\"room-7\",\"from_user_id\":1,\"from_username\":\"A\",\"from_avatar\":\"a.png\",\"content\":\"hi\"}";

    private final ManualRuntime runtime = new ManualRuntime();

    // tag::rules[]
    static ValidationRules rules() {
        return ValidationRules.defaults()
                .withMaxContent(2_000)
                .withGroupIdForm(id -> id.matches("[a-z]+-[0-9]+"))
                .withAvatarRequired(true);
    }
    // end::rules[]

    // tag::provider[]
    /** The same provider, set up by the application: stops at the first broken rule that it finds. */
    static final class FailFast implements ValidatorBootstrap {

        @Override
        public Validator create(
                UnaryOperator<ConstraintValidatorFactory> validators, MessageInterpolator interpolator) {
            HibernateValidatorConfiguration configuration =
                    Validation.byProvider(HibernateValidator.class).configure().ignoreXmlConfiguration();
            return configuration
                    .messageInterpolator(interpolator)
                    .constraintValidatorFactory(validators.apply(configuration.getDefaultConstraintValidatorFactory()))
                    .failFast(true)
                    .buildValidatorFactory()
                    .getValidator();
        }
    }
    // end::provider[]

    @Test
    void groupIdsHaveTheFormThatTheApplicationChose() {
        RecordingConnection client = open(ImServer.builder().validationRules(rules()), JOIN);

        assertThat(client).hasReceived("{\"code\":0,\"msg\":\"success\",\"data\":" + JOIN + "}");
    }

    @Test
    void groupIdsOfAnotherFormAreRefused() {
        RecordingConnection client = open(ImServer.builder().validationRules(rules()), JOIN.replace("room-7", "room7"));

        assertThat(client)
                .hasReceived("{\"code\":400,\"msg\":\"群组group_id必须是数字,群聊时不能为0\",\"data\":[]}")
                .isClosedWith(1008);
    }

    @Test
    void anotherProviderChecksTheSameRules() {
        RecordingConnection client = open(ImServer.builder().validation(new FailFast()), JOIN);

        assertThat(client)
                .hasReceived("{\"code\":400,\"msg\":\"群组group_id必须是数字,群聊时不能为0\",\"data\":[]}")
                .isClosedWith(1008);
    }

    private RecordingConnection open(ImServerBuilder builder, String frame) {
        ImServer server = builder.classicProfile().runtime(runtime).build();
        RecordingConnection connection = new RecordingConnection();
        server.open(connection, Handshake.at("/im").build()).received(frame, true);
        runtime.runAll();
        return connection;
    }
}
