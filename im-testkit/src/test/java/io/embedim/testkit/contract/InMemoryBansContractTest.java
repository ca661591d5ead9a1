package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.security.Ban;
import io.embedim.security.Bans;
import io.embedim.security.InMemoryBans;
import io.embedim.testkit.ManualRuntime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemoryBansContractTest implements BansContract {

    private final ManualRuntime runtime = new ManualRuntime();

    @Override
    public Bans noBans() {
        return new InMemoryBans(runtime::now);
    }

    @Test
    void forgetsBansThatHaveEnded() {
        Bans bans = noBans();
        for (int i = 0; i < 100; i++) {
            bans.save(new Ban(new UserId("u" + i), runtime.now().plusSeconds(i), ""));
        }

        runtime.advance(Duration.ofSeconds(90));
        bans.save(new Ban(new UserId("last"), runtime.now().plusSeconds(1), ""));

        assertThat(isFound(bans, "u90")).as("forgotten with a save").isFalse();
        assertThat(isFound(bans, "u91")).isTrue();
        runtime.advance(Duration.ofSeconds(5));
        assertThat(bans.all(PageRequest.first(1_000))
                        .toCompletableFuture()
                        .join()
                        .items())
                .extracting(Ban::user)
                .containsExactly(new UserId("u96"), new UserId("u97"), new UserId("u98"), new UserId("u99"));
        assertThat(isFound(bans, "u95"))
                .as("forgotten, not only left out of the listing")
                .isFalse();
        runtime.advance(Duration.ofSeconds(1));
        assertThat(bans.remove(new UserId("nobody")).toCompletableFuture().join())
                .isFalse();
        assertThat(isFound(bans, "u96")).as("forgotten with a removal").isFalse();
    }

    private static boolean isFound(Bans bans, String user) {
        return bans.find(new UserId(user)).toCompletableFuture().join().isPresent();
    }
}
