package io.embedim.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.model.ImException;
import io.embedim.runtime.ThreadRuntime;
import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class JdbcBrokerBuilderTest {

    @Test
    void badSettingsAreRefusedWithWhatWasExpected() {
        try (ThreadRuntime runtime = ThreadRuntime.start()) {
            JdbcBrokerBuilder builder = JdbcBroker.builder(new JdbcDataSource(), runtime);

            assertThatThrownBy(() -> builder.maxWaiting(0)).hasMessage("maxWaiting is 0; expected 1 or more");
            assertThatThrownBy(() -> builder.timeOut(Duration.ZERO))
                    .hasMessage("timeOut is PT0S; expected PT0.01S to PT24H");
            assertThatThrownBy(() -> builder.lease(Duration.ofDays(2)))
                    .hasMessage("lease is PT48H; expected PT0.01S to PT24H");
            assertThatThrownBy(() -> builder.dedupeWindow(Duration.ofSeconds(-1)))
                    .hasMessage("dedupeWindow is PT-1S; expected PT0.001S to PT87600H");
        }
    }

    @Test
    void databaseThatIsNotThereIsSaidSo() {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:tcp://127.0.0.1:1/nowhere");
        try (ThreadRuntime runtime = ThreadRuntime.start()) {
            assertThatThrownBy(() -> JdbcBroker.builder(source, runtime).open())
                    .isInstanceOf(ImException.class)
                    .hasMessageStartingWith(
                            "the broker cannot use the database: expected success; the database answered 90067:");
        }
    }
}
