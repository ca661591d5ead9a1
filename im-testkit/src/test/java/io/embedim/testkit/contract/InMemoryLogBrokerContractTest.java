package io.embedim.testkit.contract;

import io.embedim.conversation.Broker;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.LogLimits;
import io.embedim.conversation.Retention;
import io.embedim.runtime.ThreadRuntime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

class InMemoryLogBrokerContractTest implements LogBrokerContract {

    private final ThreadRuntime runtime = ThreadRuntime.start();

    @AfterEach
    void end() {
        runtime.close();
    }

    @Override
    public LogBroker newLogBroker(Retention retention) {
        return new InMemoryBroker(runtime, new LogLimits(retention, 1 << 20, Duration.ofMinutes(1), 1_000));
    }

    @Override
    public Broker nextNode(Broker first) {
        return ((InMemoryBroker) first).nextNode(runtime);
    }
}
