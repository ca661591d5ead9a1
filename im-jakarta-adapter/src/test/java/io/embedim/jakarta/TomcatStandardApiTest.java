package io.embedim.jakarta;

class TomcatStandardApiTest extends SendingTest {

    @Override
    Container.Kind kind() {
        return new TomcatContainer.StandardKind();
    }
}
