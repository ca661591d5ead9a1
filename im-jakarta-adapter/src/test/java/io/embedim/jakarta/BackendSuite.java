package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.embedim.ImServer;
import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.Broker;
import io.embedim.conversation.Draft;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Topic;
import io.embedim.conversation.TopicListener;
import io.embedim.model.Limits;
import io.embedim.runtime.ThreadRuntime;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A backend that hangs, beside an application that does not need it; in any container with servlets. */
abstract class BackendSuite {

    /** More than a container has threads, so that one for each would be missed. */
    private static final int CLIENTS = 256;

    private static final int REQUESTS = 50;

    /** So long that a thread which waited for it would be seen. */
    private static final Duration BACKEND_TIME = Duration.ofSeconds(5);

    private final Container.Kind kind;
    private final ThreadRuntime runtime = ThreadRuntime.start();
    private final HangingBroker broker = new HangingBroker(new InMemoryBroker(runtime));
    private final ImServer server = ImServer.builder()
            .classicProfile()
            .runtime(runtime)
            .broker(broker)
            .limits(Limits.defaults().withBackendTime(BACKEND_TIME))
            .build();

    BackendSuite(Container.Kind kind) {
        this.kind = kind;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aBackendThatHangsHoldsUpNothingElseAndAcknowledgesNothing() throws Exception {
        assumeTrue(kind.hasServlets(), "no servlets here");
        try (Container container = kind.create()) {
            container.onStart(BackendSuite::addServlet);
            container.register("/im", Core.of(server), ImEndpointOptions.defaults());
            container.start();
            List<TestClient> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> TestClient.connect(container.uri("/im")))
                    .toList();
            for (int i = 0; i < CLIENTS; i++) {
                clients.get(i).send(frame("join", i, "c"));
            }
            for (TestClient client : clients) {
                assertThat(client.receive()).contains("\"code\":0", "success");
            }

            broker.hangs = true;
            for (int i = 0; i < CLIENTS; i++) {
                clients.get(i).send(frame("speak", i, "into the void"));
            }
            await().until(() -> broker.hanging.size() == CLIENTS);
            long begun = System.nanoTime();
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(get(container)).isEqualTo("hello");
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begun);

            // All of them together, while every message still hangs.
            assertThat(took).isLessThan(BACKEND_TIME.dividedBy(2));
            for (TestClient client : clients) {
                assertThat(client.receive()).contains("\"code\":503");
            }

            // The answers come after all, too late to count; what is said now arrives, and nothing before it.
            broker.hangs = false;
            broker.answerLate();
            clients.get(0).send(frame("speak", 0, "back again"));
            for (TestClient client : clients) {
                assertThat(client.receive()).contains("\"code\":0", "back again");
            }
            clients.forEach(TestClient::close);
        }
    }

    private static void addServlet(ServletContext context) {
        context.addServlet("hello", new Hello()).addMapping("/hello");
    }

    private static String get(Container container) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + container.port() + "/hello");
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String frame(String event, int user, String content) {
        return "{\"event\":\"" + event + "\",\"mode\":2,\"group_id\":100,\"from_user_id\":\"u" + user
                + "\",\"from_username\":\"u" + user + "\",\"content\":\"" + content + "\"}";
    }

    /** What else the application has. */
    private static final class Hello extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("hello");
        }
    }

    /** A broker that can stop answering. */
    private static final class HangingBroker implements Broker {

        private final Broker broker;
        private final Queue<CompletableFuture<Receipt>> hanging = new ConcurrentLinkedQueue<>();
        private volatile boolean hangs;

        HangingBroker(Broker broker) {
            this.broker = broker;
        }

        void answerLate() {
            hanging.forEach(one -> one.completeExceptionally(new IOException("the backend was not there")));
        }

        @Override
        public void attach(TopicListener listener) {
            broker.attach(listener);
        }

        @Override
        public void serve(NodeId self, CommandHandler handler) {
            broker.serve(self, handler);
        }

        @Override
        public CompletionStage<CommandReply> command(NodeId node, Command command) {
            return broker.command(node, command);
        }

        @Override
        public CompletionStage<Receipt> publish(Draft draft) {
            if (!hangs) {
                return broker.publish(draft);
            }
            CompletableFuture<Receipt> never = new CompletableFuture<>();
            hanging.add(never);
            return never;
        }

        @Override
        public CompletionStage<Void> signal(Signal signal) {
            return broker.signal(signal);
        }

        @Override
        public CompletionStage<Void> subscribe(Topic topic) {
            return broker.subscribe(topic);
        }

        @Override
        public CompletionStage<Void> unsubscribe(Topic topic) {
            return broker.unsubscribe(topic);
        }

        @Override
        public CompletionStage<Void> probe() {
            return broker.probe();
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
