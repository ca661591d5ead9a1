package io.embedim.jakarta;

class TyrusServerTest extends ServerSuite {

    TyrusServerTest() {
        super(new Container.OnTyrus());
    }
}
