package io.embedim.redis;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** One backend that is two nodes: each call goes to the other one than the call before. */
final class Alternating {

    private Alternating() {}

    static <T> T between(Class<T> type, T one, T other) {
        AtomicInteger calls = new AtomicInteger();
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(calls.getAndIncrement() % 2 == 0 ? one : other, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
