package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.model.Limits;
import io.embedim.protocol.ValidationRules;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsExampleTest {

    @Test
    void limitsAreThoseThatWereSet() {
        // tag::limits[]
        ImServer server = ImServer.builder()
                .trustClaims()
                .limits(Limits.defaults().withFrameBytes(16 * 1024).withIdleTime(Duration.ofMinutes(2)))
                .validationRules(ValidationRules.defaults().withMaxContent(2_000))
                .build();
        // end::limits[]

        assertThat(server.limits().frameBytes()).isEqualTo(16 * 1024);
        assertThat(server.limits().idleTime()).isEqualTo(Duration.ofMinutes(2));
        server.close();
    }
}
