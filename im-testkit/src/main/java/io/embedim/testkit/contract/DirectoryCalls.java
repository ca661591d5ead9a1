package io.embedim.testkit.contract;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Directory;
import io.embedim.conversation.DirectoryPage;
import io.embedim.conversation.DirectoryPage.Item;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;

/** A directory under test, and calls that wait. */
final class DirectoryCalls {

    private static final int ALL = 10_000;

    private final Directory directory;

    DirectoryCalls(Directory directory) {
        this.directory = directory;
    }

    static Item item(String group, long version, boolean belongs) {
        return new Item(ConversationId.of(new GroupId(group)), version, belongs);
    }

    long put(String user, String group, boolean belongs) {
        return put(new UserId(user), ConversationId.of(new GroupId(group)), belongs);
    }

    long put(UserId user, ConversationId conversation, boolean belongs) {
        return Stages.call("put of " + conversation, () -> directory.put(user, conversation, belongs));
    }

    DirectoryPage read(String user, String epoch, long version, int limit) {
        return Stages.call(
                "read behind '" + epoch + "', " + version,
                () -> directory.read(new UserId(user), epoch, version, limit));
    }

    DirectoryPage readAll(String user) {
        return readAll(new UserId(user));
    }

    DirectoryPage readAll(UserId user) {
        return Stages.call("read of " + user, () -> directory.read(user, "", 0, ALL));
    }
}
