package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.security.Ban;
import io.embedim.security.Bans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Bans} must do: tests for its rules N1 to N5. Stages are waited for 10 s at the most. Bans of these tests end in the year 3000, or have ended long ago. */
public interface BansContract {

    /** When bans of these tests end. */
    Instant END = Instant.parse("3000-01-01T00:00:00Z");

    /**
     * Bans that nobody has saved to. Called once in a test.
     *
     * @return the bans under test
     */
    Bans noBans();

    /** N1. */
    @Test
    default void banThatWasSavedIsFound() {
        Bans tested = noBans();
        Ban ban = new Ban(new UserId("阿克苏 😀"), END.plusMillis(1), "垃圾广告 \"x\" 😀");

        save(tested, ban);

        assertThat(find(tested, ban.user())).as("N1: what is found").contains(ban);
        assertThat(find(tested, new UserId("010086")))
                .as("N1: a user without a ban")
                .isEmpty();
    }

    /** N2. */
    @Test
    default void laterBanTakesThePlaceOfTheOneBefore() {
        Bans tested = noBans();
        Ban longer = ban("u1", END.plusSeconds(60));
        Ban shorter = ban("u1", END);

        save(tested, shorter);
        save(tested, longer);
        assertThat(find(tested, longer.user())).as("N2: a longer ban").contains(longer);
        save(tested, shorter);
        assertThat(find(tested, shorter.user()))
                .as("N2: a shorter ban after a longer one")
                .contains(shorter);
        assertThat(list(tested, 10)).as("N2: bans of a user").containsExactly(shorter);
    }

    /** N3. */
    @Test
    default void removedBanIsGoneAndOthersStay() {
        Bans tested = noBans();
        save(tested, ban("u1", END));
        save(tested, ban("u2", END));

        assertThat(remove(tested, "u1")).as("N3: remove of a ban").isTrue();
        assertThat(find(tested, new UserId("u1"))).as("N3: after the removal").isEmpty();
        assertThat(find(tested, new UserId("u2"))).as("N3: another one's ban").isPresent();
        assertThat(remove(tested, "u1")).as("N3: remove of what is not there").isFalse();
        save(tested, ban("u1", END));
        assertThat(find(tested, new UserId("u1")))
                .as("N3: banned again after a removal")
                .isPresent();
    }

    /** N4. */
    @Test
    default void listingShowsEachBanOnce() {
        Bans tested = noBans();
        List<Ban> all = IntStream.range(0, 30)
                .mapToObj(i -> ban("n" + i, END.plusSeconds(i % 7)))
                .toList();
        all.forEach(ban -> save(tested, ban("n0", END)));
        all.forEach(ban -> save(tested, ban));
        save(tested, ban("gone", END));
        remove(tested, "gone");

        for (int limit : new int[] {1, 7, 30, 31}) {
            assertThat(list(tested, limit))
                    .as("N4: bans in pages of %s", limit)
                    .containsExactlyInAnyOrderElementsOf(all);
        }
        assertThat(list(noBans(), 5)).as("N4: where there is none").isEmpty();
    }

    /** N4: who is unbanned while it goes on takes nobody else out of it. */
    @Test
    default void listingGoesOnBehindABanThatHasGone() {
        Bans tested = noBans();
        IntStream.range(0, 10).forEach(i -> save(tested, ban("n" + i, END)));

        Page<Ban> first = page(tested, PageRequest.first(4));
        assertThat(first.next()).as("N4: cursor of a first page of 4 of 10").isNotNull();
        Ban last = first.items().get(3);
        remove(tested, last.user().value());
        List<Ban> shown = new ArrayList<>(first.items());
        shown.addAll(listFrom(tested, new PageRequest(first.next(), 4)));

        assertThat(shown)
                .as("N4: bans, one of them removed meanwhile")
                .hasSize(10)
                .doesNotHaveDuplicates();
    }

    /** N5. */
    @Test
    default void banThatHasEndedTakesNoOtherWithIt() {
        Bans tested = noBans();
        save(tested, ban("u1", END));
        save(tested, ban("u2", Instant.EPOCH));
        save(tested, ban("u3", END));
        save(tested, ban("u4", Instant.MAX));

        for (String user : List.of("u1", "u3", "u4")) {
            assertThat(find(tested, new UserId(user)))
                    .as("N5: a ban in force beside one that has ended, of %s", user)
                    .isPresent();
        }
    }

    private static Ban ban(String user, Instant until) {
        return new Ban(new UserId(user), until, "");
    }

    private static void save(Bans tested, Ban ban) {
        Stages.call("save of " + ban, () -> tested.save(ban));
    }

    private static Optional<Ban> find(Bans tested, UserId user) {
        return Stages.call("find of " + user, () -> tested.find(user));
    }

    private static boolean remove(Bans tested, String user) {
        return Stages.call("remove of " + user, () -> tested.remove(new UserId(user)));
    }

    private static Page<Ban> page(Bans tested, PageRequest request) {
        return Stages.call("listing of bans", () -> tested.all(request));
    }

    private static List<Ban> list(Bans tested, int limit) {
        return listFrom(tested, PageRequest.first(limit));
    }

    private static List<Ban> listFrom(Bans tested, PageRequest first) {
        List<Ban> all = new ArrayList<>();
        PageRequest request = first;
        for (int pages = 0; pages < Stages.MAX_PAGES; pages++) {
            Page<Ban> page = page(tested, request);
            assertThat(page.items()).as("N4: size of a page").hasSizeLessThanOrEqualTo(first.limit());
            all.addAll(page.items());
            String next = page.next();
            if (next == null) {
                return all;
            }
            request = request.after(next);
        }
        throw new AssertionError("N4: the listing does not end");
    }
}
