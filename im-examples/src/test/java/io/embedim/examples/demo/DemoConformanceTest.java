package io.embedim.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.examples.WsClient;
import io.embedim.testkit.conformance.ConformanceCase;
import io.embedim.testkit.conformance.ConformanceCases;
import io.embedim.testkit.conformance.ConformanceTransport;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The demo behaves as the original, over real sockets, except where the protocol's documentation says otherwise. */
@ParameterizedClass
@EnumSource(ContainerKind.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoConformanceTest {

    @Parameter
    ContainerKind container;

    private Demo plain;
    private Demo withAvatar;

    static Stream<ConformanceCase> cases() {
        return ConformanceCases.classic();
    }

    @BeforeParameterizedClassInvocation
    void start() throws UsageException {
        DemoOptions options = DemoOptions.DEFAULTS.withPort(0).withContainer(container);
        plain = Demo.start(options);
        withAvatar = Demo.start(options.withAvatarRequired(true));
    }

    @AfterParameterizedClassInvocation
    void stop() {
        plain.close();
        withAvatar.close();
    }

    /** The clients of one case must be gone before the next: it may use their groups. */
    @AfterEach
    void everybodyHasLeft() {
        for (Demo demo : new Demo[] {plain, withAvatar}) {
            await().pollInterval(Duration.ofMillis(2))
                    .until(() -> demo.server()
                                    .sessions()
                                    .counts()
                                    .toCompletableFuture()
                                    .join()
                                    .sessions()
                            == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void behavesAsRecorded(ConformanceCase recorded) {
        recorded.replay(transport(recorded.requireAvatar() ? withAvatar : plain, "im"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void behavesAsRecordedAtTheRoot(ConformanceCase recorded) {
        recorded.replay(transport(recorded.requireAvatar() ? withAvatar : plain, ""));
    }

    private static ConformanceTransport transport(Demo demo, String path) {
        assertThat(demo.server().connections()).isZero();
        return WsClient.transport(demo.url() + path);
    }
}
