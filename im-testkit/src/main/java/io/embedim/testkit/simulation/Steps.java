package io.embedim.testkit.simulation;

import io.embedim.client.Address;
import java.util.List;

/** Makes steps of a plan happen. */
final class Steps {

    private final Run run;
    private final List<SimulatedClient> clients;

    Steps(Run run, List<SimulatedClient> clients) {
        this.run = run;
        this.clients = clients;
    }

    void happen(Step step) {
        SimulatedClient client = clients.get(step.client() % clients.size());
        Channel channel = client.channel();
        int choice = step.choice();
        switch (step.kind()) {
            case SPEAK ->
                client.speak(choice % 3 == 0 ? Run.group(choice / 3) : Address.user(other(choice)), run.words());
            case SPEAK_IN_GROUP -> client.speak(Address.group("1"), run.words());
            case SPEAK_CLASSIC -> run.speakClassic();
            case EDIT -> client.change(choice, false);
            case RECALL -> client.change(choice, true);
            case JOIN -> client.join(Run.groupName(choice));
            case LEAVE -> client.leave(Run.groupName(choice));
            case MARK -> client.mark(choice);
            case RESTART_CLIENT -> client.restart(false);
            case WIPE_CLIENT -> client.restart(true);
            case TYPE -> client.type(choice);
            case ASK ->
                client.ask(
                        Run.groupName(choice),
                        clients.stream().map(one -> one.user).distinct().toList());
            case STALL -> run.stall(choice);
            case CRASH -> run.crash(choice, false);
            case LOSE -> run.crash(choice, true);
            case PROMOTE -> run.promote(choice);
            case TROUBLE -> run.trouble(choice);
            case CLOCK -> run.clock(choice);
            case CUT -> {
                if (channel != null) {
                    channel.cut();
                }
            }
            case HALF_OPEN -> {
                if (channel != null) {
                    channel.silence();
                }
            }
            case SLOW -> {
                if (channel != null) {
                    channel.slow(choice % 5_000);
                }
            }
        }
    }

    private String other(int choice) {
        return clients.get(choice / 7 % clients.size()).user;
    }
}
