package io.embedim.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.concurrent.CompletionException;

/** What a failure of Redis says to who reads it. */
final class Failures {

    private Failures() {}

    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    /** Whether Redis itself has said no, and so has written nothing: the first write of each script comes when nothing else can fail. */
    static boolean isRefusal(Throwable failure) {
        return failure instanceof RedisCommandExecutionException;
    }

    static boolean isReadOnly(Throwable failure) {
        return isRefusal(failure) && String.valueOf(failure.getMessage()).contains("READONLY");
    }

    /** Whether another master has the slot, or nobody can say for now who has it. */
    static boolean isElsewhere(Throwable failure) {
        String said = String.valueOf(failure.getMessage());
        return isRefusal(failure) && (said.startsWith("MOVED") || said.startsWith("CLUSTERDOWN"));
    }

    static String why(Throwable failure) {
        String said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        if (!isRefusal(failure)) {
            return "expected an answer; came " + failure.getClass().getSimpleName() + ": " + said;
        } else if (isReadOnly(failure)) {
            return "expected a master; Redis answered that it is a read-only replica";
        } else if (said.contains("OOM")) {
            return "expected room; Redis answered that it has reached maxmemory";
        } else if (said.contains("NOREPLICAS")) {
            return "expected enough replicas; Redis answered that there are fewer than min-replicas-to-write";
        }
        return "expected success; Redis answered: " + said;
    }
}
