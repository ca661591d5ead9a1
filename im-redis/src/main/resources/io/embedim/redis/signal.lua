-- Publishes something transient from where a log lies, so that it keeps its place between the messages of that log.
-- KEYS: 1 a key of the log   ARGV: 1 channel   2 what is sent
-- Answers {}.

redis.call('PUBLISH', ARGV[1], ARGV[2])
return {}
