package io.embedim.jakarta;

import org.junit.jupiter.api.Nested;

/** The test of one container: every suite. */
abstract class ContainerTest extends SendingTest {

    @Nested
    class Annotated extends AnnotatedSuite {
        Annotated() {
            super(kind());
        }
    }

    @Nested
    class Backends extends BackendSuite {
        Backends() {
            super(kind());
        }
    }

    @Nested
    class Churn extends ChurnSuite {
        Churn() {
            super(kind());
        }
    }

    @Nested
    class Dialects extends DialectSuite {
        Dialects() {
            super(kind());
        }
    }

    @Nested
    class Drains extends DrainSuite {
        Drains() {
            super(kind());
        }
    }

    @Nested
    class Filters extends FilterSuite {
        Filters() {
            super(kind());
        }
    }

    @Nested
    class Server extends ServerSuite {
        Server() {
            super(kind());
        }
    }

    @Nested
    class Undeploys extends UndeploySuite {
        Undeploys() {
            super(kind());
        }
    }
}
