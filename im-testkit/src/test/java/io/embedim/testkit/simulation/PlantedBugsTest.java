package io.embedim.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.LogBroker;
import io.embedim.runtime.ImRuntime;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Each of these is wrong in one thing, and the simulation must find it within so many seeds, and name the rule. */
class PlantedBugsTest {

    private static final int SEEDS = 300;

    @Test
    void findsAnAckBeforeTheAppend() {
        assertFound(broker(WrongBrokers.AcksFirst::new), "S1", "S3");
    }

    @Test
    void findsANumberGivenOutsideTheStep() {
        assertFound(broker(WrongBrokers.NumbersOutsideTheStep::new), "S1");
    }

    @Test
    void findsThatRepetitionsAreForgotten() {
        assertFound(
                runtime -> {
                    HashMap<String, io.embedim.conversation.Once> actions = new HashMap<>();
                    return new ModelSystem(
                            runtime,
                            ModelBug.NONE,
                            (correct, process) -> new WrongBrokers.ForgetsActions(correct, actions));
                },
                "S3");
    }

    @Test
    void findsThatARepetitionOfALostLogIsHonoured() {
        assertFound(
                runtime -> {
                    HashMap<String, io.embedim.conversation.Receipt> receipts = new HashMap<>();
                    return new ModelSystem(
                            runtime,
                            ModelBug.NONE,
                            (correct, process) -> new WrongBrokers.RemembersOldLogs(correct, receipts));
                },
                "L4");
    }

    @Test
    void findsThatRecalledWordsAreServed() {
        assertFound(
                runtime -> {
                    HashMap<String, io.embedim.conversation.Draft> said = new HashMap<>();
                    return new ModelSystem(
                            runtime,
                            ModelBug.NONE,
                            (correct, process) -> new WrongBrokers.ServesWhatWasRecalled(correct, said));
                },
                "E2");
    }

    @Test
    void findsLiveEntriesWhilePagesAreRead() {
        assertFound(server(ModelBug.LIVE_WHILE_CATCHING_UP), "P2");
    }

    @Test
    void findsASwitchToLiveThatIsTooEarly() {
        assertFound(server(ModelBug.LIVE_TOO_EARLY), "P1", "P2");
    }

    @Test
    void findsASwitchToLiveThatIsTooLate() {
        assertFound(server(ModelBug.LIVE_TOO_LATE), "P2", "P1");
    }

    @Test
    void findsThatNobodyHearsOfNewsInAPair() {
        assertFound(server(ModelBug.LOST_CHANGED), "P1");
    }

    @Test
    void findsThatADirectoryIsWrittenBehindTheAppend() {
        assertFound(server(ModelBug.DIRECTORY_BEHIND_THE_APPEND), "D1");
    }

    @Test
    void findsThatGroupsAreReadForEverybody() {
        assertFound(server(ModelBug.READS_FOR_EVERYBODY), "M3");
    }

    @Test
    void findsThatATrimmedLogIsPassedOver() {
        assertFound(server(ModelBug.SILENT_TRIM), "V-FRAME", "P1");
    }

    @Test
    void findsThatAnUnknownOutcomeIsCalledAFailure() {
        assertFound(server(ModelBug.GUESSES_THE_OUTCOME), "V-ERR");
    }

    @Test
    void findsConnectionsThatAreKept() {
        assertFound(server(ModelBug.KEEPS_CONNECTIONS), "LEAK");
    }

    @Test
    void findsThatAServerDoesNotLookAtPrev() {
        assertFound(forks(ModelBug.NO_PREV_CHECK), "L2");
    }

    @Test
    void aServerThatLooksAtPrevKeepsTheRulesOverAForkedBus() {
        assertThat(Simulation.of(forks(ModelBug.NONE))
                        .findIn(LongStream.range(0, SEEDS))
                        .map(Failure::describe))
                .isEmpty();
    }

    @Test
    void findsThatAClientDoesNotLookAtPrev() {
        assertFound(Simulation.of(ModelSystem::new).with(new WrongClients.NoPrevCheck()), "P3", "E3", "P1", "S5");
    }

    @Test
    void aClientThatLooksAtPrevKeepsTheRulesOverForkedEntries() {
        Simulation forked = Simulation.of(ModelSystem::new).with(new WrongClients.Forked());

        assertThat(forked.findIn(LongStream.range(0, SEEDS)).map(Failure::describe))
                .isEmpty();
    }

    @Test
    void findsThatAnAckMovesThePosition() {
        assertFound(
                Simulation.of(ModelSystem::new).with(new WrongClients.AckMovesThePosition()),
                "V-FRAME",
                "P1",
                "E3",
                "S5");
    }

    @Test
    void findsAStoreThatLosesAnEntry() {
        assertFound(Simulation.of(ModelSystem::new).with(new WrongClients.LosesEntries()), "E3", "P1", "S5", "S1");
    }

    @Test
    void findsThatALeaveIsNotWrittenDown() {
        assertFound(Simulation.ofServer(WrongServers.ForgetsLeaves::new), "MEMBERS");
    }

    @Test
    void findsABootIdThatIsUsedAgainAfterItsLease() {
        assertFound(Simulation.ofServer(WrongServers.ReusesBootIds::new), "PRESENCE");
    }

    @Test
    void findsThatAPositionInALostTailIsTakenForItsNumber() {
        assertFound(Simulation.ofServer(WrongServers.ComparesNoAnchor::new), "P4", "P1", "E3", "S5", "L2");
    }

    @Test
    void findsThatAnActionOfALostTailIsHonoured() {
        assertFound(Simulation.ofServer(WrongServers.HonoursLostActions::new), "S3");
    }

    @Test
    void findsThatEverybodyHearsWhoTypes() {
        assertFound(theServer().with(new WrongServers.TellsEverybodyWhoTypes()), "TYPING");
    }

    @Test
    void findsThatStrangersSeeWhoIsOnline() {
        assertFound(theServer().with(WrongServers.online(true)), "PRESENCE");
    }

    @Test
    void findsThatSomebodyIsMissedWhoIsThere() {
        assertFound(theServer().with(WrongServers.online(false)), "PRESENCE");
    }

    @Test
    void findsThatAMemberIsLeftOut() {
        assertFound(theServer().with(WrongServers.forgetsAMember()), "MEMBERS");
    }

    @Test
    void findsThatUnreadIsMiscounted() {
        assertFound(theServer().with(WrongServers.countsOneTooMany()), "W2");
    }

    @Test
    void findsThatAMarkGoesBack() {
        assertFound(theServer().with(WrongServers.forgetsMarks()), "W1");
    }

    private static Simulation theServer() {
        return Simulation.ofServer(InMemoryBackend::new);
    }

    private static SimulatedSystem.Factory server(ModelBug bug) {
        return runtime -> new ModelSystem(runtime, bug, (correct, process) -> correct);
    }

    private static SimulatedSystem.Factory broker(BiFunction<LogBroker, ImRuntime, LogBroker> wrong) {
        return runtime -> new ModelSystem(runtime, ModelBug.NONE, wrong);
    }

    private static SimulatedSystem.Factory forks(ModelBug bug) {
        return runtime -> new ModelSystem(runtime, bug, WrongBrokers.DeliversForks::new);
    }

    private static void assertFound(SimulatedSystem.Factory factory, String... rules) {
        assertFound(Simulation.of(factory), rules);
    }

    private static void assertFound(Simulation simulation, String... rules) {
        Optional<Failure> found = simulation.findIn(LongStream.range(0, SEEDS));

        assertThat(found).isPresent();
        assertThat(found.get().findings()).extracting(Finding::rule).containsAnyOf(rules);
        assertThat(found.get().plan().steps()).hasSizeLessThan(25);
    }
}
