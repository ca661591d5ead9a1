package io.embedim.testkit.contract;

import io.embedim.conversation.InMemoryWatermarks;
import io.embedim.conversation.Watermarks;

class InMemoryWatermarksContractTest implements WatermarksContract {

    @Override
    public Watermarks emptyWatermarks() {
        return new InMemoryWatermarks();
    }
}
