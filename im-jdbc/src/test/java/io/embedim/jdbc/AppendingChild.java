package io.embedim.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Position;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Watermarks.Kind;
import io.embedim.model.UserId;
import io.embedim.runtime.ThreadRuntime;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * A program that appends as fast as it can until it is killed. It prints {@code try <id>} before each append and {@code have <id> <seq> <mid>} when it has the receipt; beside that {@code listed <id> <version>} and {@code marked <epoch> <seq>} for what it has put and advanced. The arguments: URL, user, group, and a
 * word that no earlier run had.
 */
final class AppendingChild {

    static final Duration LEASE = Duration.ofMillis(600);
    static final UserId LISTED = new UserId("listed");
    private static final int OUTSTANDING = 32;

    private AppendingChild() {}

    public static void main(String[] args) throws InterruptedException {
        HikariDataSource pool = Pools.pool(args[0], args[1]);
        JdbcBroker broker =
                JdbcBroker.builder(pool, ThreadRuntime.start()).lease(LEASE).open();
        Semaphore free = new Semaphore(OUTSTANDING);
        for (int i = 0; ; i++) {
            free.acquire();
            String id = args[3] + "-" + i;
            say("try " + id);
            ConversationId listed = Drafts.group(id);
            broker.directory()
                    .put(LISTED, listed, true)
                    .whenComplete((version, failure) ->
                            say(failure == null ? "listed " + id + " " + version : "failed " + id + " " + failure));
            broker.watermarks()
                    .advance(LISTED, Drafts.group(args[2]), Kind.RECV, new Position(args[3], i + 1, "m"))
                    .whenComplete((marks, failure) -> say(
                            failure == null
                                    ? "marked " + args[3] + " " + marks.recv().seq()
                                    : "failed " + id + " " + failure));
            broker.publish(Drafts.sayOnce(Drafts.group(args[2]), "u" + i % 3, id, id))
                    .whenComplete((receipt, failure) -> {
                        say(failure == null ? have(id, receipt) : "failed " + id + " " + failure);
                        free.release();
                    });
        }
    }

    private static String have(String id, Receipt receipt) {
        return "have " + id + " " + receipt.position().seq() + " "
                + receipt.position().mid();
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }
}
