package io.embedim.jakarta;

class TyrusEndpointTest extends EndpointSuite {

    TyrusEndpointTest() {
        super(new Container.OnTyrus());
    }
}
