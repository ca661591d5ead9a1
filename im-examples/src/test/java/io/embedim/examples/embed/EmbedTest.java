package io.embedim.examples.embed;

import static io.embedim.examples.Frames.joinAs;
import static io.embedim.examples.Frames.speakTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.examples.WsClient;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmbedTest {

    @TempDir
    Path directory;

    static Stream<List<Class<?>>> variants() {
        return Stream.of(List.of(ChatListener.class), List.of(ChatEndpoint.class, ChatServer.class));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aWarThatContainsTheseClassesHasChatForItsUsers(List<Class<?>> classes) throws Exception {
        WsClient one;
        WsClient two;
        try (War war = War.start(directory, true, classes.toArray(Class<?>[]::new))) {
            one = WsClient.open(war.url(), "Authorization", basic("10086"));
            two = WsClient.open(war.url(), "Authorization", basic("10000"));

            assertThat(one.ask(joinAs("10086", "阿克苏"))).contains("\"code\":0");
            one.send(speakTo("10000", "10086", "阿克苏", "Hi"));

            assertThat(two.next()).contains("阿克苏[单聊对]10000[说]:Hi");
            assertThat(two.ask(joinAs("10086", "阿克苏"))).contains("\"code\":403");
        }
        // Tomcat ends an annotated endpoint's sessions by itself, with 1001, at the same time as the server does with
        // 4001.
        boolean registered = classes.contains(ChatListener.class);
        assertThat(List.of(one.closeCode(), two.closeCode()))
                .allSatisfy(code -> assertThat(code).isIn(4001, registered ? 4001 : 1001));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void whoeverTheContainerDoesNotKnowIsRefused(List<Class<?>> classes) throws Exception {
        try (War war = War.start(directory, false, classes.toArray(Class<?>[]::new))) {
            assertThat(WsClient.refusal(war.url())).isEqualTo(401);
        }
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(UTF_8));
    }
}
