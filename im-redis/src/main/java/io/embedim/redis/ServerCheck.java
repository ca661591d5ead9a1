package io.embedim.redis;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether a Redis is one that can be used, by what it says of itself ({@code INFO}). */
final class ServerCheck {

    private static final int LEAST_MAJOR = 6;
    private static final int LEAST_MINOR = 2;
    private static final int LEAST_WITH_SHARDS = 7;

    private final Map<String, String> info = new TreeMap<>();

    ServerCheck(String answer) {
        answer.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                info.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
    }

    boolean isCluster() {
        return "1".equals(info.get("cluster_enabled"));
    }

    String version() {
        return info.getOrDefault("redis_version", "");
    }

    /** Which process this is; another one may have lost something, or have never had it. */
    String run() {
        return info.getOrDefault("run_id", "");
    }

    /** What was expected and what came, where that is not the same; else null. */
    @Nullable
    String problem() {
        String version = version();
        String[] parts = version.split("\\.", -1);
        if (parts.length < 2 || !isNumber(parts[0]) || !isNumber(parts[1])) {
            return "expected a Redis of version " + LEAST_MAJOR + "." + LEAST_MINOR
                    + " or later; came something that does not say its version";
        }
        int major = Integer.parseInt(parts[0]);
        if (major < LEAST_MAJOR || (major == LEAST_MAJOR && Integer.parseInt(parts[1]) < LEAST_MINOR)) {
            return "expected a Redis of version " + LEAST_MAJOR + "." + LEAST_MINOR + " or later; came " + version;
        }
        String role = info.getOrDefault("role", "");
        if (!isCluster() && !role.equals("master")) {
            return "expected a master; came a Redis whose role is '" + role + "', which takes no writes";
        }
        String policy = info.getOrDefault("maxmemory_policy", "noeviction");
        if (!policy.equals("noeviction")) {
            return "expected maxmemory-policy noeviction; came '" + policy + "', which throws away what was said";
        }
        return null;
    }

    /** The same of the publishing within a shard. Of a Redis without another {@link #problem}. */
    @Nullable
    String problemOfShards() {
        String version = version();
        String expected =
                "shardedPubSub() expected a Redis Cluster of version " + LEAST_WITH_SHARDS + ".0 or later; came ";
        if (!isCluster()) {
            return expected + "a Redis of version " + version + " that is not part of a Cluster";
        }
        return Integer.parseInt(version.substring(0, version.indexOf('.'))) < LEAST_WITH_SHARDS
                ? expected + "a Cluster of version " + version
                : null;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
