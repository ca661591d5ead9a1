package io.embedim.jakarta;

import io.embedim.testkit.contract.StallingPipe;
import org.junit.jupiter.api.Nested;

class Tomcat10Test extends ContainerTest {

    private static final Container.Kind KIND = new TomcatContainer.Kind();

    @Nested
    class Annotated extends AnnotatedSuite {
        Annotated() {
            super(KIND);
        }
    }

    @Nested
    class Backends extends BackendSuite {
        Backends() {
            super(KIND);
        }
    }

    @Nested
    class Churn extends ChurnSuite {
        Churn() {
            super(KIND);
        }
    }

    @Nested
    class Closes extends CloseSuite {
        Closes() {
            super(KIND);
        }
    }

    @Nested
    class Connections implements ConnectionSuite {
        @Override
        public StallingPipe openPipe() {
            return new ContractPipe(KIND);
        }
    }

    @Nested
    class Endpoints extends EndpointSuite {
        Endpoints() {
            super(KIND);
        }
    }

    @Nested
    class Filters extends FilterSuite {
        Filters() {
            super(KIND);
        }
    }

    @Nested
    class Server extends ServerSuite {
        Server() {
            super(KIND);
        }
    }

    @Nested
    class Undeploys extends UndeploySuite {
        Undeploys() {
            super(KIND);
        }
    }
}
