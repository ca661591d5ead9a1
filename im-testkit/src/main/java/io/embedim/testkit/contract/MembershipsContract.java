package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.GroupId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.session.Membership;
import io.embedim.session.Memberships;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Memberships} must do: tests for its rules M1 to M5. Stages are waited for 10 s at the most. */
public interface MembershipsContract {

    /**
     * Memberships without members. Called once in a test.
     *
     * @return the memberships under test
     */
    Memberships emptyMemberships();

    /** M1. */
    @Test
    default void membershipThatWasSavedIsFoundWithTheNextVersion() {
        Memberships tested = emptyMemberships();
        UserId user = new UserId("阿克苏 😀");
        GroupId group = new GroupId("0100");

        Membership saved = saved(tested, Membership.of(user, group, true));
        assertThat(saved.version()).as("M1: version of a first save").isPositive();
        assertThat(saved)
                .as("M1: what a first save answers")
                .isEqualTo(Membership.of(user, group, true).withVersion(saved.version()));
        Membership changed = new Membership(
                user,
                group,
                Membership.Role.OWNER,
                Instant.EPOCH,
                Instant.parse("2030-01-01T00:00:00Z"),
                false,
                saved.version());
        Membership savedAgain = saved(tested, changed);

        assertThat(savedAgain).as("M1: what a change answers").isEqualTo(changed.withVersion(saved.version() + 1));
        assertThat(find(tested, user, group)).as("M1: what is found").contains(savedAgain);
        assertThat(find(tested, user, new GroupId("100")))
                .as("M1: \"0100\" and \"100\" are two groups")
                .isEmpty();
    }

    /** M2. */
    @Test
    default void saveOfAnotherVersionChangesNothing() {
        Memberships tested = emptyMemberships();
        Membership fresh = member("u1", "g1");
        assertThat(save(tested, fresh.withVersion(7)))
                .as("M2: save of version 7 where nothing is stored")
                .isEmpty();
        Membership saved = saved(tested, fresh);

        assertThat(save(tested, fresh))
                .as("M2: save of version 0 where something is stored")
                .isEmpty();
        assertThat(save(tested, saved.withVersion(saved.version() + 1)))
                .as("M2: save of a version to come")
                .isEmpty();
        assertThat(find(tested, saved.user(), saved.group()))
                .as("M2: after refused saves")
                .contains(saved);
    }

    /** M2: exactly one of several wins. */
    @Test
    default void oneOfSeveralSavesAtOnceWins() {
        Memberships tested = emptyMemberships();

        for (int round = 0; round < 20; round++) {
            Membership fresh = member("u" + round, "g1");
            List<Optional<Membership>> answers = Stages.together(IntStream.range(0, 4)
                    .<Callable<Optional<Membership>>>mapToObj(i -> () -> save(tested, fresh))
                    .toList());

            assertThat(answers.stream().filter(Optional::isPresent))
                    .as("M2: winners of 4 saves at once")
                    .hasSize(1);
        }
    }

    /** M3. */
    @Test
    default void removeOfAnotherVersionChangesNothing() {
        Memberships tested = emptyMemberships();
        Membership saved = saved(tested, member("u1", "g1"));

        assertThat(remove(tested, saved, saved.version() + 1))
                .as("M3: remove of another version")
                .isFalse();
        assertThat(remove(tested, member("u2", "g1"), 1))
                .as("M3: remove of what is not there")
                .isFalse();
        assertThat(find(tested, saved.user(), saved.group()))
                .as("M3: after refused removals")
                .contains(saved);
        assertThat(remove(tested, saved, saved.version()))
                .as("M3: remove of the stored version")
                .isTrue();
        assertThat(find(tested, saved.user(), saved.group()))
                .as("M3: after the removal")
                .isEmpty();
        assertThat(remove(tested, saved, saved.version()))
                .as("M3: a second removal")
                .isFalse();
    }

    /** M4. */
    @Test
    default void membershipAfterARemovalHasAHigherVersion() {
        Memberships tested = emptyMemberships();
        Membership first = saved(tested, member("u1", "g1"));
        Membership old = saved(tested, first);
        remove(tested, old, old.version());

        Membership fresh = saved(tested, member("u1", "g1"));

        assertThat(fresh.version())
                .as("M4: version after a removal of version %s", old.version())
                .isGreaterThan(old.version());
        assertThat(save(tested, old))
                .as("M4: save of a version from before the removal")
                .isEmpty();
        assertThat(remove(tested, old, old.version()))
                .as("M4: remove of a version from before the removal")
                .isFalse();
    }

    /** M5. */
    @Test
    default void listingsShowEachMembershipOnce() {
        Memberships tested = emptyMemberships();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            names.add("n" + i);
            save(tested, saved(tested, member("n" + i, "g")));
            save(tested, member("u", "n" + i));
        }
        Membership gone = saved(tested, member("gone", "g"));
        remove(tested, gone, gone.version());

        for (int limit : new int[] {1, 7, 30, 31}) {
            assertThat(list(
                            limit,
                            page -> tested.inGroup(new GroupId("g"), page),
                            membership -> membership.user().value()))
                    .as("M5: members of a group in pages of %s", limit)
                    .containsExactlyInAnyOrderElementsOf(names);
            assertThat(list(
                            limit,
                            page -> tested.ofUser(new UserId("u"), page),
                            membership -> membership.group().value()))
                    .as("M5: groups of a user in pages of %s", limit)
                    .containsExactlyInAnyOrderElementsOf(names);
        }
        assertThat(list(9, page -> tested.inGroup(new GroupId("unknown"), page), Membership::toString))
                .as("M5: members of an unknown group")
                .isEmpty();
    }

    private static Membership member(String user, String group) {
        return Membership.of(new UserId(user), new GroupId(group), true);
    }

    private static Optional<Membership> save(Memberships tested, Membership membership) {
        return Stages.call("save of " + membership, () -> tested.save(membership));
    }

    /** For a save that must be taken. */
    private static Membership saved(Memberships tested, Membership membership) {
        Optional<Membership> answer = save(tested, membership);
        assertThat(answer)
                .as("M2: save of %s, whose version %s is the stored one", membership, membership.version())
                .isPresent();
        return answer.orElseThrow();
    }

    private static Optional<Membership> find(Memberships tested, UserId user, GroupId group) {
        return Stages.call("find of " + user + " in " + group, () -> tested.find(user, group));
    }

    private static boolean remove(Memberships tested, Membership membership, long version) {
        return Stages.call(
                "remove of " + membership, () -> tested.remove(membership.user(), membership.group(), version));
    }

    private static List<String> list(
            int limit,
            Function<PageRequest, CompletionStage<Page<Membership>>> listing,
            Function<Membership, String> name) {
        List<String> names = new ArrayList<>();
        PageRequest request = PageRequest.first(limit);
        for (int pages = 0; pages < Stages.MAX_PAGES; pages++) {
            PageRequest now = request;
            Page<Membership> page = Stages.call("listing of memberships", () -> listing.apply(now));
            assertThat(page.items()).as("M5: size of a page").hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(membership -> names.add(name.apply(membership)));
            String next = page.next();
            if (next == null) {
                return names;
            }
            request = now.after(next);
        }
        throw new AssertionError("M5: the listing does not end");
    }
}
