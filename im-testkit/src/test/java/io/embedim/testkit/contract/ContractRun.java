package io.embedim.testkit.contract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Runs the tests of a contract by hand, so that a test can look at how they fail. */
final class ContractRun {

    private ContractRun() {}

    /** The failures of a contract, by the name of the test. */
    static Map<String, Throwable> failures(Supplier<?> contract) {
        Map<String, Throwable> failures = new TreeMap<>();
        Object first = contract.get();
        Arrays.stream(first.getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .forEach(method -> {
                    try {
                        method.setAccessible(true);
                        method.invoke(contract.get());
                    } catch (InvocationTargetException e) {
                        failures.put(method.getName(), e.getCause());
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                });
        return failures;
    }
}
