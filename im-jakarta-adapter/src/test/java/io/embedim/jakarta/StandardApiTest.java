package io.embedim.jakarta;

import io.embedim.testkit.contract.StallingPipe;
import org.junit.jupiter.api.Nested;

/** What depends on how messages are sent, by the standard API alone, in a container that has a quicker way; its {@link ContainerTest} has that. */
abstract class StandardApiTest {

    abstract Container.Kind kind();

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
    class Endpoints extends EndpointSuite {
        Endpoints() {
            super(kind());
        }
    }
}
