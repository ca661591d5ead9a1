package io.embedim.jakarta;

class TomcatAnnotatedTest extends AnnotatedSuite {

    TomcatAnnotatedTest() {
        super(new Container.OnTomcat());
    }
}
