package io.embedim.jakarta;

class TyrusStandardApiTest extends SendingTest {

    @Override
    Container.Kind kind() {
        return new TyrusContainer.StandardKind();
    }
}
