package io.embedim.jakarta;

class TyrusCloseTest extends CloseSuite {

    TyrusCloseTest() {
        super(new Container.OnTyrus());
    }
}
