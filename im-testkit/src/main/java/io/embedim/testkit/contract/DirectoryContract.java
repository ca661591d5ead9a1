package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Directory;
import io.embedim.conversation.DirectoryPage;
import io.embedim.conversation.DirectoryPage.Item;
import io.embedim.conversation.DirectoryPage.Status;
import io.embedim.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Directory} must do: tests for its rules K1 to K7. Stages are waited for 10 s at the most. */
public interface DirectoryContract {

    /**
     * A directory without entries. Called once in a test.
     *
     * @return the directory under test
     */
    Directory emptyDirectory();

    /** K1. */
    @Test
    default void putGivesAVersionAndARepetitionGivesTheSame() {
        DirectoryCalls calls = new DirectoryCalls(emptyDirectory());

        long first = calls.put("u", "g1", true);
        long second = calls.put("u", "g2", true);

        assertThat(first).as("K1: the first version").isPositive();
        assertThat(second).as("K1: the version of a second entry").isGreaterThan(first);
        assertThat(calls.put("u", "g1", true))
                .as("K1: a put that changes nothing")
                .isEqualTo(first);
        assertThat(calls.put("u", "g2", true))
                .as("K1: a put that changes nothing")
                .isEqualTo(second);
    }

    /** K1, K3, K7. */
    @Test
    default void leavingAndComingBackEachGiveANewVersion() {
        DirectoryCalls calls = new DirectoryCalls(emptyDirectory());
        long added = calls.put("u", "g1", true);
        long other = calls.put("u", "g2", true);

        long left = calls.put("u", "g1", false);
        DirectoryPage whileAway = calls.readAll("u");
        long again = calls.put("u", "g1", true);

        assertThat(List.of(left > other, other > added, again > left))
                .as("K1: versions %s, %s, %s, %s grow", added, other, left, again)
                .containsOnly(true);
        assertThat(whileAway.items())
                .as("K3, K7: each conversation once, with its latest state")
                .containsExactly(DirectoryCalls.item("g2", other, true), DirectoryCalls.item("g1", left, false));
        assertThat(calls.readAll("u").items())
                .as("K3: after the user has come back")
                .containsExactly(DirectoryCalls.item("g2", other, true), DirectoryCalls.item("g1", again, true));
    }

    /** K1, K7: leaving what was never there is an entry as well. */
    @Test
    default void leavingIsAnEntryWhereThereWasNone() {
        DirectoryCalls calls = new DirectoryCalls(emptyDirectory());

        long left = calls.put("u", "g1", false);

        assertThat(calls.readAll("u").items())
                .as("K1: an entry that begins with leaving")
                .containsExactly(DirectoryCalls.item("g1", left, false));
    }

    /** K2, K6. */
    @Test
    default void listsOfUsersAreApart() {
        DirectoryCalls calls = new DirectoryCalls(emptyDirectory());
        UserId user = new UserId("阿克苏 😀");
        ConversationId pair = ConversationId.between(user, new UserId("b"));
        long version = calls.put(user, pair, true);
        long other = calls.put("u", "0100", true);

        assertThat(calls.readAll(user).items())
                .as("K2: a list of its own")
                .containsExactly(new Item(pair, version, true));
        assertThat(calls.readAll("u").items())
                .as("K2: a list of its own")
                .containsExactly(DirectoryCalls.item("0100", other, true));
        assertThat(calls.readAll("nobody").items())
                .as("K6: a user without entries")
                .isEmpty();
        assertThat(calls.put("u", "100", true))
                .as("K1: \"0100\" and \"100\" are two groups")
                .isGreaterThan(other);
    }

    /** K3, K4. */
    @Test
    default void pagesAreInOrderAndBounded() {
        DirectoryCalls calls = new DirectoryCalls(emptyDirectory());
        List<Item> put = IntStream.rangeClosed(1, 10)
                .mapToObj(i -> DirectoryCalls.item("g" + i, calls.put("u", "g" + i, true), true))
                .toList();

        List<Item> read = new ArrayList<>();
        List<Status> statuses = new ArrayList<>();
        DirectoryPage page = calls.read("u", "", 0, 4);
        while (true) {
            assertThat(page.items()).as("K3: size of a page").hasSizeBetween(1, 4);
            read.addAll(page.items());
            statuses.add(page.status());
            assertThat(page.version())
                    .as("K4: the cursor behind a page")
                    .isEqualTo(read.get(read.size() - 1).version());
            if (page.status() != Status.MORE || read.size() > 20) {
                break;
            }
            page = calls.read("u", page.epoch(), page.version(), 4);
        }

        assertThat(read).as("K3: items in pages").isEqualTo(put);
        assertThat(statuses).as("K3: statuses of pages").containsExactly(Status.MORE, Status.MORE, Status.OK);
        assertThat(calls.read("u", page.epoch(), page.version(), 4))
                .as("K3: behind the last page")
                .isEqualTo(new DirectoryPage(Status.OK, page.epoch(), page.version(), List.of()));
        assertThat(calls.read("u", "", 0, 10).status())
                .as("K3: a page of all there is")
                .isEqualTo(Status.OK);
    }

    /** K2, K3: what a client asks when it comes back. */
    @Test
    default void whatChangedIsFoundBehindACursor() {
        DirectoryCalls calls = new DirectoryCalls(emptyDirectory());
        IntStream.rangeClosed(1, 5).forEach(i -> calls.put("u", "g" + i, true));
        DirectoryPage before = calls.readAll("u");

        long left = calls.put("u", "g2", false);
        long added = calls.put("u", "g6", true);
        calls.put("u", "g3", true);
        DirectoryPage after = calls.read("u", before.epoch(), before.version(), 10);

        assertThat(after)
                .as("K3: behind the cursor")
                .isEqualTo(new DirectoryPage(
                        Status.OK,
                        before.epoch(),
                        added,
                        List.of(DirectoryCalls.item("g2", left, false), DirectoryCalls.item("g6", added, true))));
    }

    /** K5. */
    @Test
    default void cursorOfAnotherListIsResetAndTheListBeginsAnew() {
        DirectoryCalls calls = new DirectoryCalls(emptyDirectory());
        IntStream.rangeClosed(1, 5).forEach(i -> calls.put("u", "g" + i, true));
        DirectoryPage all = calls.readAll("u");
        DirectoryPage first = calls.read("u", "", 0, 3);
        DirectoryPage begun = new DirectoryPage(Status.RESET, first.epoch(), first.version(), first.items());

        assertThat(all.epoch()).as("K5: the epoch of a list").isNotEmpty();
        assertThat(calls.read("u", "other", all.version(), 3))
                .as("K5: another epoch")
                .isEqualTo(begun);
        assertThat(calls.read("u", "other", 0, 3))
                .as("K5: another epoch with version 0")
                .isEqualTo(begun);
        assertThat(calls.read("u", all.epoch(), all.version() + 1, 3))
                .as("K5: above the top")
                .isEqualTo(begun);
        assertThat(calls.read("u", "", all.version(), 3))
                .as("K5: a version without an epoch")
                .isEqualTo(begun);
        assertThat(calls.read("u", first.epoch(), first.version(), 3).items())
                .as("K5: behind the page of a reset")
                .isEqualTo(all.items().subList(3, 5));
    }

    /** K5, K6. */
    @Test
    default void whereNothingWasPutNothingYetIsNoReset() {
        DirectoryCalls calls = new DirectoryCalls(emptyDirectory());

        DirectoryPage nothing = calls.read("u", "", 0, 3);
        DirectoryPage elsewhere = calls.read("u", "other", 7, 3);
        DirectoryPage again = calls.read("u", nothing.epoch(), nothing.version(), 3);

        assertThat(List.of(nothing, again))
                .as("K5, K6: nothing yet, and the cursor that this gave")
                .containsOnly(new DirectoryPage(Status.OK, nothing.epoch(), 0, List.of()));
        assertThat(elsewhere)
                .as("K5: a cursor where there is nothing")
                .isEqualTo(new DirectoryPage(Status.RESET, elsewhere.epoch(), 0, List.of()));
    }

    /** K2. */
    @Test
    default void putsAtOnceEachHaveAVersionAndTheSameChangeIsMadeOnce() {
        DirectoryCalls calls = new DirectoryCalls(emptyDirectory());

        for (int round = 0; round < 10; round++) {
            String same = "same" + round;
            String own = "own" + round + "-";
            List<Long> versions = Stages.together(IntStream.range(0, 4)
                    .<Callable<Long>>mapToObj(i -> () -> calls.put("u", same, true))
                    .toList());
            List<Long> others = Stages.together(IntStream.range(0, 4)
                    .<Callable<Long>>mapToObj(i -> () -> calls.put("u", own + i, true))
                    .toList());

            assertThat(versions.stream().distinct())
                    .as("K2: versions of 4 equal puts at once")
                    .hasSize(1);
            assertThat(others.stream().distinct())
                    .as("K2: versions of 4 different puts at once")
                    .hasSize(4);
        }
        assertThat(calls.readAll("u").items())
                .as("K2: items after puts at once")
                .hasSize(50)
                .extracting(Item::version)
                .doesNotHaveDuplicates();
    }

    /** K4: no hole is filled behind a reader. */
    @Test
    default void readerMissesNothingWhileOthersPut() {
        DirectoryCalls calls = new DirectoryCalls(emptyDirectory());
        int writers = 4;
        int each = 50;
        AtomicInteger writing = new AtomicInteger(writers);
        List<Item> seen = new ArrayList<>();
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            String prefix = "w" + writer + "-";
            tasks.add(() -> {
                try {
                    for (int i = 0; i < each; i++) {
                        calls.put("u", prefix + i, true);
                    }
                } finally {
                    writing.decrementAndGet();
                }
                return true;
            });
        }
        tasks.add(() -> {
            DirectoryPage page = new DirectoryPage(Status.OK, "", 0, List.of());
            boolean last;
            do {
                last = writing.get() == 0;
                do {
                    page = calls.read("u", page.epoch(), page.version(), 7);
                    seen.addAll(page.items());
                } while (page.status() == Status.MORE);
            } while (!last);
            return true;
        });

        Stages.together(tasks);

        assertThat(seen)
                .as("K4: what a reader finds that follows its cursor while others put")
                .containsExactlyElementsOf(calls.readAll("u").items());
        assertThat(seen).as("K4: items of %s writers", writers).hasSize(writers * each);
    }
}
