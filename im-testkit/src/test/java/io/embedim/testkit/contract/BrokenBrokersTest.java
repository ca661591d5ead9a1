package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.conversation.Broker;
import io.embedim.runtime.ImRuntime;
import io.embedim.runtime.ThreadRuntime;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each broker breaks one rule, and the contract says which. */
class BrokenBrokersTest {

    private final ThreadRuntime runtime = ThreadRuntime.start();

    static Stream<Arguments> broken() {
        return Stream.of(
                row(
                        "a gap in seq",
                        BrokenBrokers.Gap::new,
                        BrokerContract::messagesAreNumberedFromOneWithoutHoles,
                        "B1, B4: seq of the message delivered as number 5"),
                row(
                        "order swapped",
                        BrokenBrokers.Swaps::new,
                        BrokerContract::messagesAreNumberedFromOneWithoutHoles,
                        "B1, B4: seq of the message delivered as number 5"),
                row(
                        "delivers twice",
                        BrokenBrokers.DeliversTwice::new,
                        BrokerContract::groupMessageIsDeliveredOnceAsItWasPublished,
                        "B3: deliveries of one group message"),
                row(
                        "delivers after unsubscribe",
                        BrokenBrokers.NeverUnsubscribes::new,
                        BrokerContract::topicSubscribedTwiceDeliversOnceAndEndsAtOnce,
                        "B5: subscribed twice, unsubscribed, subscribed again"),
                row(
                        "wrong prev",
                        BrokenBrokers.WrongPrev::new,
                        BrokerContract::messagesAreNumberedFromOneWithoutHoles,
                        "B1: prev of message 2 is the mid of the one before"),
                row(
                        "a mid repeats",
                        BrokenBrokers.RepeatsMid::new,
                        BrokerContract::conversationsAreNumberedApartAndMidsNeverRepeat,
                        "B1: mids"),
                row(
                        "loses signals",
                        BrokenBrokers.LosesSignals::new,
                        BrokerContract::signalKeepsItsPlaceBetweenMessages,
                        "B7: signals between messages"),
                row(
                        "delivers on any thread",
                        BrokenBrokers.DeliversAnywhere::new,
                        BrokerContract::eventsOfOneTopicComeOneAtATimeInTheOrderOfTheirNumbers,
                        "B4: "),
                row(
                        "takes messages after its end",
                        BrokenBrokers.TakesAfterClose::new,
                        BrokerContract::publishAfterCloseFails,
                        "B2: publish after close fails"),
                row(
                        "probes well after its end",
                        BrokenBrokers.TakesAfterClose::new,
                        BrokerContract::probeCompletesWhileTheBrokerLivesAndNotAfterwards,
                        "B8: probe after close"),
                row(
                        "makes up replies",
                        BrokenBrokers.MakesUpReplies::new,
                        BrokerContract::commandToANodeThatNobodyServesHasNoReply,
                        "B11: a command to a node that nobody serves"),
                row(
                        "carries out twice",
                        BrokenBrokers.CarriesOutTwice::new,
                        BrokerContract::commandIsCarriedOutOnceByTheNodeThatIsNamed,
                        "B9: commands carried out"),
                row(
                        "commands swapped",
                        BrokenBrokers.SwapsCommands::new,
                        BrokerContract::commandsAreBegunInTheOrderInWhichTheyWereGiven,
                        "B10: commands in the order"),
                row(
                        "waits for each reply",
                        BrokenBrokers.OneCommandAtATime::new,
                        BrokerContract::commandWhoseReplyTakesItsTimeHoldsUpNoOther,
                        "B10: a command behind one without a reply"),
                row(
                        "loses commands from inside",
                        BrokenBrokers.LosesCommandsFromInside::new,
                        BrokerContract::commandsFromInsideAHandlerAndAListenerAreCarriedOut,
                        "B12: a command from inside a command handler"));
    }

    @AfterEach
    void end() {
        runtime.close();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void failsWithAMessageThatNamesTheRule(
            Function<ImRuntime, Broker> broker, Consumer<BrokerContract> test, String message) {
        BrokerContract contract = () -> broker.apply(runtime);

        assertThatThrownBy(() -> test.accept(contract))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }

    private static Arguments row(
            String name, Function<ImRuntime, Broker> broker, Consumer<BrokerContract> test, String message) {
        return Arguments.of(Named.of(name, broker), test, message);
    }
}
