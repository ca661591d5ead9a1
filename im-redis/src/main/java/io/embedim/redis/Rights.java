package io.embedim.redis;

import io.embedim.model.NotReadyException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Whether the user of this connection may do all that the scripts do; asked at the start, so that a right that is missing is no surprise of some later day. */
final class Rights {

    private static final int SHOWN = 5;

    private Rights() {}

    /** Fails with what is missing. */
    static CompletionStage<Void> check(Link link, RedisKeys keys, Ids ids, boolean byShard) {
        String own = ids.epoch();
        byte[][] names = {keys.rights(own)};
        return link.eval(
                        "a look at its rights",
                        Script.RIGHTS,
                        names,
                        RedisKeys.bytes(keys.ownChannel(own)),
                        RedisKeys.bytes(byShard ? keys.rightsChannel(own) : ""))
                .thenAccept(missing -> {
                    if (!missing.isEmpty()) {
                        throw new NotReadyException(
                                sentence(missing.stream().map(LogReads::text).toList(), keys.prefix()));
                    }
                });
    }

    private static String sentence(List<String> missing, String prefix) {
        String shown = String.join(", ", missing.subList(0, Math.min(SHOWN, missing.size())));
        int more = missing.size() - SHOWN;
        return "expected a user who may use keys and channels that begin with '" + prefix + "'; this one may not "
                + shown + (more > 0 ? " and " + more + " more" : "");
    }
}
