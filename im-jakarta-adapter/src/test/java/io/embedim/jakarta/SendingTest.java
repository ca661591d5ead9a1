package io.embedim.jakarta;

import io.embedim.testkit.contract.StallingPipe;
import org.junit.jupiter.api.Nested;

/** The suites that depend on how messages are sent. Containers that have a quicker way than the standard API run them twice: all of {@link ContainerTest}, and these by that API alone. */
abstract class SendingTest {

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
