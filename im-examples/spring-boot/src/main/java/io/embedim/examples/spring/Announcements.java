package io.embedim.examples.spring;

// tag::service[]
import io.embedim.ImServer;
import io.embedim.Speech;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletionStage;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Speaks to a group when somebody posts something, and tells the time. */
@RestController
class Announcements {

    private static final UserId SYSTEM = UserId.of("system");
    private static final GroupId LOBBY = GroupId.of("1");

    private final ImServer server;

    Announcements(ImServer server) {
        this.server = server;
    }

    /** Spring answers when the stage completes, and no thread waits for it. */
    @PostMapping("/groups/{group}/announcements")
    CompletionStage<Long> announce(@PathVariable String group, @RequestBody String text) {
        return server.publish(Speech.toGroup(SYSTEM, "System", GroupId.of(group), text))
                .thenApply(receipt -> receipt.position().seq());
    }

    @Scheduled(fixedRateString = "${chat.clock:PT1M}")
    void tellTheTime() {
        String time = LocalTime.now(ZoneId.systemDefault()).format(DateTimeFormatter.ofPattern("HH:mm:ss"));
        server.publish(Speech.toGroup(SYSTEM, "System", LOBBY, "It is " + time));
    }
}
// end::service[]
