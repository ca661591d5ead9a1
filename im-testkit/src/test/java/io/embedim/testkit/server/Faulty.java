package io.embedim.testkit.server;

import io.embedim.model.ImException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Puts faults between the server and a backend that works: some calls fail, throw, or hang until they are let go. */
final class Faulty<T> {

    enum Fault {
        NONE,
        FAILS,
        THROWS,
        HANGS
    }

    final T backend;
    private final Queue<Runnable> hanging = new ArrayDeque<>();
    private Fault fault = Fault.NONE;
    private Set<String> methods = Set.of();

    Faulty(Class<T> type, T works) {
        backend = type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (fault == Fault.NONE || !methods.contains(method.getName())) {
                        try {
                            return method.invoke(works, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                    if (fault == Fault.FAILS) {
                        return CompletableFuture.failedFuture(new ImException("backend is broken"));
                    }
                    if (fault == Fault.THROWS) {
                        throw new ImException("backend throws");
                    }
                    CompletableFuture<Object> late = new CompletableFuture<>();
                    hanging.add(() -> {
                        try {
                            Object answer = method.invoke(works, arguments);
                            late.complete(((CompletionStage<?>) answer)
                                    .toCompletableFuture()
                                    .join());
                        } catch (ReflectiveOperationException e) {
                            late.completeExceptionally(e);
                        }
                    });
                    return late;
                }));
    }

    void set(Fault now, String... of) {
        fault = now;
        methods = Set.of(of);
    }

    int hanging() {
        return hanging.size();
    }

    /** What hung is done and answered now. */
    void letGo() {
        for (Runnable call = hanging.poll(); call != null; call = hanging.poll()) {
            call.run();
        }
    }
}
