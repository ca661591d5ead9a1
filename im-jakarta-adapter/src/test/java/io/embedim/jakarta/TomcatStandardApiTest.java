package io.embedim.jakarta;

import io.embedim.testkit.contract.StallingPipe;
import org.junit.jupiter.api.Nested;

/** What depends on how messages are sent, in Tomcat by the standard API alone; {@link TomcatTest} has its quicker way. */
class TomcatStandardApiTest {

    private static final Container.Kind KIND = new TomcatContainer.StandardKind();

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
}
