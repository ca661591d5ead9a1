package io.embedim.jakarta;

import io.embedim.testkit.contract.StallingPipe;
import org.junit.jupiter.api.Nested;

/** The test of one container: every suite. */
abstract class ContainerTest {

    abstract Container.Kind kind();

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
    class Closes extends CloseSuite {
        Closes() {
            super(kind());
        }
    }

    @Nested
    class Connections implements ConnectionSuite {
        @Override
        public StallingPipe openPipe() {
            return new ContractPipe(kind());
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
    class Endpoints extends EndpointSuite {
        Endpoints() {
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
