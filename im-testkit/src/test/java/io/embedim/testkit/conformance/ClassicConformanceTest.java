package io.embedim.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.protocol.ValidationRules;
import io.embedim.testkit.InMemoryTransport;
import io.embedim.testkit.ManualRuntime;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One server for all cases of one setting: that also shows that a case leaves nothing behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClassicConformanceTest {

    private final ManualRuntime runtime = new ManualRuntime();
    private final ImServer avatarRequired = server(true);
    private final ImServer avatarOptional = server(false);

    static Stream<ConformanceCase> cases() {
        return ConformanceCases.classic();
    }

    @AfterAll
    void end() {
        avatarRequired.close();
        avatarOptional.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void behavesAsRecorded(ConformanceCase recorded) {
        ImServer server = recorded.requireAvatar() ? avatarRequired : avatarOptional;

        recorded.replay(new InMemoryTransport(server, runtime));

        assertThat(server.connections()).isZero();
    }

    private ImServer server(boolean requireAvatar) {
        return ImServer.builder()
                .classicProfile()
                .validationRules(ValidationRules.defaults().withAvatarRequired(requireAvatar))
                .runtime(runtime)
                .build();
    }
}
