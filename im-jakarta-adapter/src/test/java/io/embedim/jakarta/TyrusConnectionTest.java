package io.embedim.jakarta;

import io.embedim.testkit.contract.ConnectionContract;
import io.embedim.testkit.contract.StalledConnectionContract;
import io.embedim.testkit.contract.StallingPipe;

class TyrusConnectionTest implements ConnectionContract, StalledConnectionContract {

    @Override
    public StallingPipe openPipe() {
        return new ContractPipe(new Container.OnTyrus());
    }

    @Override
    public StallingPipe openStallingPipe() {
        return openPipe();
    }
}
