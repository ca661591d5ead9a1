package io.embedim.redis;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Directory;
import io.embedim.conversation.DirectoryPage;
import io.embedim.conversation.DirectoryPage.Item;
import io.embedim.conversation.DirectoryPage.Status;
import io.embedim.model.ImException;
import io.embedim.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * {@link Directory} in Redis, the same for all nodes.
 *
 * <p><b>Lifecycle.</b> From {@link RedisBackend#directory()}. <b>Threads.</b> Any; nothing blocks its caller. <b>Ordering.</b> Each change is one step in Redis. Versions are times of Redis in microseconds, and above
 * all that the list had. <b>Limits.</b> None; an entry is about 135 bytes, in short lists 45, and stays. <b>Failure.</b> A stage that fails says whether nothing was changed, or whether that is unknown. Where Redis has
 * lost a list's newest entries, clients that knew them are answered {@code RESET}, or find what has come since.
 */
public final class RedisDirectory implements Directory {

    /** At most so many in one answer; there is {@code MORE} then. */
    private static final int MOST_ITEMS = 1_000;

    private static final int FIRST_ITEM = 4;
    private static final int ITEM = 3;

    private final Link link;
    private final RedisKeys keys;
    private final Ids ids;

    RedisDirectory(Link link, RedisKeys keys, Ids ids) {
        this.link = link;
        this.keys = keys;
        this.ids = ids;
    }

    @Override
    public CompletionStage<Long> put(UserId user, ConversationId conversation, boolean belongs) {
        return link.eval(
                        "put of " + conversation + " for " + user,
                        Script.DIRECTORY,
                        keys.directory(user),
                        RedisKeys.bytes("put"),
                        RedisKeys.bytes(conversation.toString()),
                        RedisKeys.bytes(belongs ? "1" : "0"),
                        RedisKeys.bytes(ids.epoch()))
                .thenApply(answer -> number(answer.get(0)));
    }

    @Override
    public CompletionStage<DirectoryPage> read(UserId user, String epoch, long version, int limit) {
        if (version < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "version is " + version + ", limit is " + limit + "; expected 0 or more, and 1 or more");
        }
        return link.eval(
                        "read of the conversations of " + user,
                        Script.DIRECTORY,
                        keys.directory(user),
                        RedisKeys.bytes("read"),
                        RedisKeys.bytes(epoch),
                        RedisKeys.bytes(Long.toString(version)),
                        RedisKeys.bytes(ids.epoch()),
                        RedisKeys.bytes(Integer.toString(Math.min(limit, MOST_ITEMS))))
                .thenApply(RedisDirectory::page);
    }

    private static DirectoryPage page(List<Object> answer) {
        List<Item> items = new ArrayList<>();
        for (int at = FIRST_ITEM; at < answer.size(); at += ITEM) {
            items.add(new Item(conversation(answer.get(at)), number(answer.get(at + 1)), flag(answer.get(at + 2))));
        }
        Status read = flag(answer.get(3)) ? Status.MORE : Status.OK;
        return new DirectoryPage(
                flag(answer.get(1)) ? read : Status.RESET, LogReads.text(answer.get(0)), number(answer.get(2)), items);
    }

    private static ConversationId conversation(Object bytes) {
        String text = LogReads.text(bytes);
        return ConversationId.parse(text)
                .orElseThrow(() -> new ImException(
                        "a conversation '" + text + "' in Redis; expected g:<group> or p:<length>:<user>:<user>"));
    }

    private static long number(Object bytes) {
        return Long.parseLong(LogReads.text(bytes));
    }

    private static boolean flag(Object bytes) {
        return LogReads.text(bytes).equals("1");
    }
}
