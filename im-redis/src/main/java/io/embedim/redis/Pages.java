package io.embedim.redis;

import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import java.util.List;
import java.util.function.Function;

/** Pages as scripts answer them: the last name where there is more, and then the items. */
final class Pages {

    private Pages() {}

    static <T> Page<T> of(List<Object> answer, Function<Object, T> item) {
        String next = LogReads.text(answer.get(0));
        return new Page<>(answer.subList(1, answer.size()).stream().map(item).toList(), next.isEmpty() ? null : next);
    }

    /** The name behind which a page begins. */
    static byte[] after(PageRequest page) {
        String after = page.after();
        return RedisKeys.bytes(after == null ? "" : after);
    }

    static byte[] limit(PageRequest page) {
        return RedisKeys.bytes(Integer.toString(page.limit()));
    }
}
