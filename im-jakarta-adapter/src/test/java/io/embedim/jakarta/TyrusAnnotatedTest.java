package io.embedim.jakarta;

class TyrusAnnotatedTest extends AnnotatedSuite {

    TyrusAnnotatedTest() {
        super(new Container.OnTyrus());
    }
}
