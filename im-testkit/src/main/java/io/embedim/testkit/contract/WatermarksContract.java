package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.Marks;
import io.embedim.conversation.Position;
import io.embedim.conversation.Watermarks;
import io.embedim.conversation.Watermarks.Kind;
import io.embedim.model.UserId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Watermarks} must do: tests for its rules Q1 to Q8. Stages are waited for 10 s at the most. */
public interface WatermarksContract {

    /**
     * Watermarks of which none stands. Called once in a test.
     *
     * @return the watermarks under test
     */
    Watermarks emptyWatermarks();

    /** Q1, Q5. */
    @Test
    default void markThatWasAdvancedIsFound() {
        MarkCalls calls = new MarkCalls(emptyWatermarks());

        assertThat(calls.find("u", "g")).as("Q1: where nothing stands").isEqualTo(Marks.NONE);
        assertThat(calls.advance("u", "g", Kind.RECV, at(3)))
                .as("Q5: what a first advance answers")
                .isEqualTo(new Marks(Position.START, at(3)));
        assertThat(calls.find("u", "g")).as("Q1: what stands").isEqualTo(new Marks(Position.START, at(3)));
    }

    /** Q2. */
    @Test
    default void markOnlyGrows() {
        MarkCalls calls = new MarkCalls(emptyWatermarks());
        calls.advance("u", "g", Kind.READ, at(5));
        Marks stands = new Marks(at(5), at(5));

        assertThat(calls.advance("u", "g", Kind.READ, at(4)))
                .as("Q2: a lower position")
                .isEqualTo(stands);
        assertThat(calls.advance("u", "g", Kind.READ, new Position("e1", 5, "other")))
                .as("Q2: the same number with another mid")
                .isEqualTo(stands);
        assertThat(calls.advance("u", "g", Kind.RECV, at(4)))
                .as("Q2: a lower received position")
                .isEqualTo(stands);
        assertThat(calls.find("u", "g")).as("Q2: after lower ones").isEqualTo(stands);
        assertThat(calls.advance("u", "g", Kind.READ, at(6)))
                .as("Q2: a higher position")
                .isEqualTo(new Marks(at(6), at(6)));
    }

    /** Q3. */
    @Test
    default void positionOfAnotherEpochTakesTheOthersPlace() {
        MarkCalls calls = new MarkCalls(emptyWatermarks());
        calls.advance("u", "g", Kind.READ, at(5));
        Position lower = new Position("e2", 2, "m2");

        assertThat(calls.advance("u", "g", Kind.RECV, lower))
                .as("Q3: a received position of another epoch")
                .isEqualTo(new Marks(at(5), lower));
        assertThat(calls.advance("u", "g", Kind.READ, lower))
                .as("Q3: a read position of another epoch")
                .isEqualTo(new Marks(lower, lower));
        assertThat(calls.advance("u", "g", Kind.READ, Position.START))
                .as("Q3: seq 0")
                .isEqualTo(new Marks(lower, lower));
        assertThat(calls.advance("u", "g", Kind.READ, new Position("e3", 0, "")))
                .as("Q3: seq 0 of another epoch")
                .isEqualTo(new Marks(lower, lower));
    }

    /** Q4. */
    @Test
    default void readRaisesReceivedAndNotTheOtherWayRound() {
        MarkCalls calls = new MarkCalls(emptyWatermarks());

        assertThat(calls.advance("u", "g", Kind.READ, at(2)))
                .as("Q4: read raises received")
                .isEqualTo(new Marks(at(2), at(2)));
        assertThat(calls.advance("u", "g", Kind.RECV, at(7)))
                .as("Q4: received leaves read alone")
                .isEqualTo(new Marks(at(2), at(7)));
        assertThat(calls.advance("u", "g", Kind.READ, at(4)))
                .as("Q4: read below received")
                .isEqualTo(new Marks(at(4), at(7)));
        assertThat(calls.advance("u", "g", Kind.READ, new Position("e2", 1, "n1")))
                .as("Q4: read of another epoch")
                .isEqualTo(new Marks(new Position("e2", 1, "n1"), new Position("e2", 1, "n1")));
    }

    /** Q5. */
    @Test
    default void ofSeveralAtOnceTheHighestStands() {
        MarkCalls calls = new MarkCalls(emptyWatermarks());

        for (int round = 0; round < 20; round++) {
            String group = "g" + round;
            List<Marks> answers = Stages.together(IntStream.rangeClosed(1, 4)
                    .<Callable<Marks>>mapToObj(i -> () -> calls.advance("u", group, Kind.READ, at(i)))
                    .toList());

            assertThat(calls.find("u", group)).as("Q5: after 4 at once").isEqualTo(new Marks(at(4), at(4)));
            assertThat(IntStream.range(0, 4).allMatch(i -> answers.get(i).read().seq() >= i + 1))
                    .as("Q5: each answer is what it asked for or above: %s", answers)
                    .isTrue();
        }
    }

    /** Q6. */
    @Test
    default void usersAndConversationsAreApart() {
        MarkCalls calls = new MarkCalls(emptyWatermarks());
        calls.advance("u", "0100", Kind.READ, at(1));
        calls.advance("阿克苏 😀", "0100", Kind.READ, at(2));
        calls.advance("u", "100", Kind.READ, at(3));

        assertThat(calls.find("u", "0100").read()).as("Q6: a user's mark").isEqualTo(at(1));
        assertThat(calls.find("阿克苏 😀", "0100").read())
                .as("Q6: another user's mark")
                .isEqualTo(at(2));
        assertThat(calls.find("u", "100").read())
                .as("Q6: a mark in another conversation")
                .isEqualTo(at(3));
    }

    /** Q7. */
    @Test
    default void marksOfAllAreShownOnceAndNotMoreThanAskedFor() {
        MarkCalls calls = new MarkCalls(emptyWatermarks());
        IntStream.rangeClosed(1, 5).forEach(i -> calls.advance("u" + i, "g", Kind.READ, at(i)));
        calls.advance("u1", "g", Kind.RECV, at(9));
        calls.advance("other", "h", Kind.READ, at(1));

        Map<UserId, Marks> all = calls.ofAll("g", 200);
        Map<UserId, Marks> some = calls.ofAll("g", 3);

        assertThat(all)
                .as("Q7: the marks of all")
                .hasSize(5)
                .containsEntry(new UserId("u1"), new Marks(at(1), at(9)))
                .containsEntry(new UserId("u5"), new Marks(at(5), at(5)));
        assertThat(some).as("Q7: at most three").hasSize(3);
        assertThat(all.entrySet()).as("Q7: three of them").containsAll(some.entrySet());
        assertThat(calls.ofAll("nobody", 3)).as("Q7: where nothing stands").isEmpty();
    }

    /** Q8. */
    @Test
    default void whatIsForgottenStandsNoMore() {
        MarkCalls calls = new MarkCalls(emptyWatermarks());
        calls.advance("u", "g", Kind.READ, at(5));
        calls.advance("v", "g", Kind.READ, at(5));

        calls.forget("u", "g");
        calls.forget("nobody", "g");

        assertThat(calls.find("u", "g")).as("Q8: after it was forgotten").isEqualTo(Marks.NONE);
        assertThat(calls.ofAll("g", 10)).as("Q8: the others").containsOnlyKeys(new UserId("v"));
        assertThat(calls.advance("u", "g", Kind.READ, at(1)))
                .as("Q8: an advance after it was forgotten")
                .isEqualTo(new Marks(at(1), at(1)));
    }

    private static Position at(long seq) {
        return new Position("e1", seq, "m" + seq);
    }
}
