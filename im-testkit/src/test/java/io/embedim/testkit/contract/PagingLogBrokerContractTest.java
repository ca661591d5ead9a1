package io.embedim.testkit.contract;

import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Retention;
import io.embedim.runtime.ThreadRuntime;
import org.junit.jupiter.api.AfterEach;

/** A log broker that counts what is unread as the interface does by itself. */
class PagingLogBrokerContractTest implements LogUnread {

    private final ThreadRuntime runtime = ThreadRuntime.start();

    @AfterEach
    void end() {
        runtime.close();
    }

    @Override
    public LogBroker newLogBroker(Retention retention) {
        return new HookedLogBroker(runtime, retention);
    }
}
