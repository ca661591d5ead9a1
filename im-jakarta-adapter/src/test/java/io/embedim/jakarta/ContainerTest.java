package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The test of one container: nests every suite, with the container's {@link Container.Kind}. */
abstract class ContainerTest {

    @Test
    void runsEverySuite() {
        Stream<Class<?>> suites = Arrays.stream(getClass().getDeclaredClasses())
                .filter(nested -> nested.isAnnotationPresent(Nested.class))
                .flatMap(nested ->
                        Stream.concat(Stream.of(nested.getSuperclass()), Arrays.stream(nested.getInterfaces())))
                .filter(type -> type != Object.class);

        assertThat(suites)
                .containsExactlyInAnyOrder(
                        AnnotatedSuite.class,
                        BackendSuite.class,
                        ChurnSuite.class,
                        CloseSuite.class,
                        ConnectionSuite.class,
                        EndpointSuite.class,
                        FilterSuite.class,
                        ServerSuite.class,
                        UndeploySuite.class);
    }
}
