package io.embedim.jakarta;

class TyrusStandardApiTest extends StandardApiTest {

    @Override
    Container.Kind kind() {
        return new TyrusContainer.StandardKind();
    }
}
