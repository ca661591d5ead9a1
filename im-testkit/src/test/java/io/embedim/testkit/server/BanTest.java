package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.embedim.ChangeReport;
import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.cluster.NodeId;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.model.Identity;
import io.embedim.model.ImException;
import io.embedim.model.Limits;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.security.Authentication;
import io.embedim.security.Ban;
import io.embedim.security.Bans;
import io.embedim.security.InMemoryBans;
import io.embedim.security.SignedTickets;
import io.embedim.security.TicketKeys;
import io.embedim.session.Session;
import io.embedim.testkit.InMemoryCluster;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C-BAN: who is kept out, and until when. */
class BanTest {

    private static final UserId ANNE = UserId.of("anne");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Handshake AS_ANNE =
            Handshake.at("/im").query(Map.of("user", List.of("anne"))).build();

    private final ManualRuntime runtime = new ManualRuntime();
    private final List<String> told = new ArrayList<>();
    private final Faulty<Bans> bans = new Faulty<>(Bans.class, new InMemoryBans(runtime::now));
    private final Clients clients = new Clients(runtime, builder());
    private final ImServer server = clients.server;

    private ImServerBuilder builder() {
        return Clients.authenticated().bans(bans.backend).listener(new ImListener() {
            @Override
            public void connected(Session session, Handshake handshake) {
                told.add("connected " + session.user());
            }
        });
    }

    @Test
    void aBanClosesAllConnectionsOfTheUserAndNobodyElses() {
        Clients.Client one = clients.openAs("anne");
        Clients.Client two = clients.openAs("anne");
        Clients.Client other = clients.openAs("bert");

        ChangeReport report = clients.now(server.ban(ANNE, HOUR));

        assertThat(report).isEqualTo(new ChangeReport(2, 0, 0, 0, null, Set.of()));
        assertThat(one.connection.closeReason()).contains(CloseReason.BANNED);
        assertThat(two.closeCode()).isEqualTo(4104);
        assertThat(other.closeCode()).isZero();
    }

    @Test
    void whoIsBannedIsRefusedUntilTheBanEnds() {
        clients.now(server.ban(ANNE, HOUR));

        runtime.advance(HOUR.minusMillis(1));
        assertThat(status()).isEqualTo(403);
        assertThat(clients.openAs("anne").closeCode()).isEqualTo(4104);
        assertThat(told).as("nobody is told of who was not let in").isEmpty();
        runtime.advance(Duration.ofMillis(1));

        assertThat(status()).isEqualTo(101);
        assertThat(clients.openAs("anne").closeCode()).isZero();
        assertThat(told).containsExactly("connected anne");
    }

    @Test
    void unbanLetsInAtOnce() {
        clients.now(server.ban(ANNE, HOUR));

        assertThat(clients.now(server.unban(ANNE))).isTrue();
        assertThat(clients.now(server.unban(ANNE))).isFalse();

        assertThat(status()).isEqualTo(101);
        assertThat(clients.openAs("anne").closeCode()).isZero();
    }

    @Test
    void bansAreListedWithTheirReasons() {
        clients.now(server.ban(ANNE, HOUR, "spam"));
        clients.now(server.ban(UserId.of("bert"), Duration.ofDays(1_000_000_000_000L), ""));

        assertThat(clients.now(server.bans().all(PageRequest.first(10))).items())
                .containsExactly(
                        new Ban(ANNE, runtime.now().plus(HOUR), "spam"), new Ban(UserId.of("bert"), Instant.MAX, ""));
    }

    @Test
    void aTicketInAFrameIsNoWayIn() {
        SignedTickets tickets =
                SignedTickets.of(TicketKeys.of("k", new byte[32])).withClock(runtime::now);
        Clients framed = new Clients(runtime, ImServer.builder().authenticator(tickets.inFirstFrame()));
        String auth = "{\"event\":\"auth\",\"ticket\":\"" + tickets.issue(ANNE, HOUR) + "\"}";
        Clients.Client before = framed.open().send(auth);
        framed.now(framed.server.ban(ANNE, HOUR));

        Clients.Client after = framed.open().send(auth);

        assertThat(before.closeCode()).isEqualTo(4104);
        assertThat(after.closeCode()).isEqualTo(4104);
        assertThat(after.heard()).isEmpty();
    }

    @Test
    void aClaimedUserIsRefusedWhereHeJoins() {
        Clients claimed = new Clients(runtime, ImServer.builder().trustClaims());
        Clients.Client bound = claimed.open().join("anne");
        claimed.now(claimed.server.ban(ANNE, HOUR));

        Clients.Client back = claimed.open().join("anne").joinGroup("anne", 100).joinGroup("bert", 100);

        assertThat(bound.closeCode()).isEqualTo(4104);
        assertThat(back.heard()).containsExactly("403 该用户已被封禁", "403 该用户已被封禁", "0 success");
        assertThat(back.closeCode()).isZero();
    }

    @Test
    void aBanHoldsOnAllNodes() {
        InMemoryCluster cluster = new InMemoryCluster(runtime, HOUR);
        Clients one = new Clients(
                runtime, builder().cluster(cluster.join(new NodeId("n1"))).broker(cluster.broker()));
        Clients two = new Clients(
                runtime, builder().cluster(cluster.join(new NodeId("n2"))).broker(cluster.broker()));
        Clients.Client there = two.openAs("anne");

        assertThat(one.now(one.server.ban(ANNE, HOUR)).changed()).isEqualTo(1);

        assertThat(there.closeCode()).isEqualTo(4104);
        assertThat(two.openAs("anne").closeCode()).isEqualTo(4104);
    }

    @Test
    void whoConnectsWhileBeingBannedIsOutInTheEnd() {
        Raced raced = new Raced(new InMemoryBans(runtime::now));
        Clients late = new Clients(runtime, builder().bans(raced));
        List<Long> closed = new ArrayList<>();
        raced.behindNextLook =
                () -> closed.add(late.now(late.server.ban(ANNE, HOUR)).changed());

        Clients.Client coming = late.openAs("anne");

        assertThat(closed).as("connections that the ban found").containsExactly(0L);
        assertThat(coming.closeCode()).isEqualTo(4104);
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofThirtyTwoThatConnectWhileTheirUserIsBannedNobodyStays(boolean proven) throws Exception {
        int threads = 32;
        for (int round = 0; round < 30; round++) {
            ImServer real = ImServer.builder().trustClaims().build();
            Authentication how = proven ? new Authentication.Accepted(Identity.of(ANNE)) : new Authentication.Claimed();
            List<RecordingConnection> all = IntStream.range(0, threads)
                    .mapToObj(i -> new RecordingConnection())
                    .toList();
            CyclicBarrier barrier = new CyclicBarrier(threads + 1);
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Future<?>> tasks = new ArrayList<>();
            for (RecordingConnection connection : all) {
                tasks.add(pool.submit(() -> {
                    barrier.await();
                    real.open(connection, Handshake.at("/im").build(), how)
                            .received(Clients.frame("join", 1, 0, "anne", "\"content\":\"c\""), true);
                    return null;
                }));
            }
            barrier.await();
            real.ban(ANNE, HOUR).toCompletableFuture().join();
            for (Future<?> task : tasks) {
                task.get();
            }
            pool.shutdown();

            await().until(() -> all.stream()
                    .allMatch(one -> proven
                            ? one.closeReason().equals(Optional.of(CloseReason.BANNED))
                            : one.closeReason().isPresent()
                                    || one.frames().stream().anyMatch(frame -> frame.startsWith("{\"code\":403"))));
            assertThat(real.presence().isOnline(ANNE).toCompletableFuture().join())
                    .isFalse();
            real.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILS", "THROWS", "HANGS"})
    void withoutAnAnswerNobodyIsLetIn(String fault) {
        Clients claimed = new Clients(runtime, ImServer.builder().trustClaims().bans(bans.backend));
        Clients.Client stranger = claimed.open();
        bans.set(Faulty.Fault.valueOf(fault), "find", "save");

        Clients.Client coming = clients.openAs("anne");
        stranger.join("bert");
        CompletableFuture<Authentication> answer = server.authenticate(AS_ANNE).toCompletableFuture();
        runtime.advance(Limits.defaults().backendTime());

        assertThat(answer)
                .isCompletedWithValueMatching(
                        found -> found instanceof Authentication.Refused refused && refused.httpStatus() == 503);
        assertThat(coming.closeCode()).isEqualTo(4001);
        assertThat(stranger.heard()).containsExactly("503 服务暂时不可用,请稍后重试");
    }

    @Test
    void aBanThatNobodyKeepsClosesNobody() {
        Clients.Client anne = clients.openAs("anne");
        bans.set(Faulty.Fault.FAILS, "save");

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> clients.now(server.ban(ANNE, HOUR)))
                .withCauseInstanceOf(ImException.class)
                .withMessageContaining("nobody kept the ban of anne");
        assertThat(anne.closeCode()).isZero();
    }

    @Test
    void noMessageAsksForBans() {
        Clients.Client anne = clients.openAs("anne");
        Clients.Client bert = clients.openAs("bert").joinGroup("bert", 100);
        bans.set(Faulty.Fault.THROWS, "find");

        anne.speakTo("anne", "bert", "hi");
        bert.speak("bert", 100, "hello").joinGroup("bert", 200);

        assertThat(bert.heard())
                .containsExactly("0 success", "0 anne[单聊对]bert[说]:hi", "0 bert[群聊说]:hello", "0 success");
    }

    @Test
    void aBanWithoutTimeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.ban(ANNE, Duration.ZERO))
                .withMessageContaining("more than zero");
    }

    private int status() {
        Authentication answer = clients.now(server.authenticate(AS_ANNE));
        return answer instanceof Authentication.Refused refused ? refused.httpStatus() : 101;
    }

    /** Lets something happen between an answer and what follows from it. */
    private static final class Raced implements Bans {

        private final Bans bans;
        private Runnable behindNextLook = () -> {};

        Raced(Bans bans) {
            this.bans = bans;
        }

        @Override
        public CompletionStage<Optional<Ban>> find(UserId user) {
            CompletionStage<Optional<Ban>> answer = bans.find(user);
            Runnable now = behindNextLook;
            behindNextLook = () -> {};
            now.run();
            return answer;
        }

        @Override
        public CompletionStage<Void> save(Ban ban) {
            return bans.save(ban);
        }

        @Override
        public CompletionStage<Boolean> remove(UserId user) {
            return bans.remove(user);
        }

        @Override
        public CompletionStage<Page<Ban>> all(PageRequest page) {
            return bans.all(page);
        }
    }
}
