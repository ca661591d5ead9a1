package io.embedim.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.client.Position;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo with {@code --data} as a process of its own, killed at random moments ({@code kill -9}) while people talk, and started again on the same directory. So often:
 * {@code -Dim.kill.rounds=50}; the moments are those of {@code -Dim.kill.seed}.
 */
@Tag("slow")
class DemoKillTest {

    private static final int ROUNDS = Integer.getInteger("im.kill.rounds", 3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** How long people talk, at most, before the process is killed. */
    private static final int MOST_MILLIS = 2_500;

    private static final int PEOPLE = 8;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("im.kill.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void nothingIsLostOrShownTwiceWhereverTheDemoIsKilled() throws Exception {
        System.out.println("seed " + seed + ", " + ROUNDS + " rounds");
        int port = freePort();
        DemoProcess demo = start(port);
        URI uri = URI.create(demo.url().replaceFirst("^http", "ws") + "im");
        List<Talker> people = new ArrayList<>();
        try {
            for (int i = 0; i < PEOPLE; i++) {
                people.add(new Talker(uri, "p" + i, "p" + (i ^ 1)));
            }
            for (int round = 1; round <= ROUNDS; round++) {
                everybodyIsBack(people, round);
                letThemTalk();
                demo.kill();
                demo = start(port);
                String ignored = demo.url();
            }
            everybodyIsBack(people, ROUNDS + 1);
            letThemTalk();
            people.forEach(Talker::fallSilent);
            await("answers").atMost(PATIENCE).until(() -> people.stream().allMatch(Talker::isAnswered));
            sameEnd(people, "g:" + Talker.GROUP);
            for (int i = 0; i < PEOPLE; i += 2) {
                sameEnd(people.subList(i, i + 2), "p:2:p" + i + ":p" + (i + 1));
            }

            int acked = new WhatTheySaw(people).check();

            System.out.println(acked + " messages acknowledged, "
                    + people.stream().mapToInt(Talker::repeated).sum() + " of them at a repetition, "
                    + people.stream().mapToInt(talker -> talker.shown().size()).sum() + " shown");
            assertThat(acked).isGreaterThan(ROUNDS * 10);
        } finally {
            people.forEach(Talker::close);
            demo.close();
        }
    }

    private DemoProcess start(int port) throws IOException {
        return DemoProcess.ofClassPath(
                directory,
                "--port",
                "" + port,
                "--data",
                directory.resolve("data").toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static void everybodyIsBack(List<Talker> people, int times) {
        await("connection " + times)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> people.stream().allMatch(talker -> talker.connects() >= times));
    }

    /** Nothing that is seen from outside tells when; so this waits for as many acks as happen to come in a random time. */
    private void letThemTalk() {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(MOST_MILLIS));
        await("a random moment")
                .pollInterval(Duration.ofMillis(1))
                .atMost(PATIENCE)
                .until(() -> System.nanoTime() >= until);
    }

    private static void sameEnd(List<Talker> people, String conv) {
        await("one end of " + conv).atMost(PATIENCE).until(() -> {
            List<Position> ends = people.stream()
                    .map(talker -> talker.position(conv))
                    .distinct()
                    .toList();
            return ends.size() == 1 && ends.get(0).seq() > 0;
        });
    }
}
