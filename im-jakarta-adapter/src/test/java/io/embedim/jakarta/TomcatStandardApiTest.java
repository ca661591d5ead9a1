package io.embedim.jakarta;

class TomcatStandardApiTest extends StandardApiTest {

    @Override
    Container.Kind kind() {
        return new TomcatContainer.StandardKind();
    }
}
