/** More than one node on one Redis: broker, sessions, memberships, bans, leases, and what {@code im.v2} needs. The entry point is {@link io.embedim.redis.RedisBackend}. */
@SuppressWarnings("requires-automatic") // Lettuce is no module yet; nothing of it is in what this one exports.
module io.embedim.redis {
    requires transitive io.embedim.core;
    requires static transitive org.jspecify;
    requires lettuce.core;
    requires org.slf4j;

    exports io.embedim.redis;
}
