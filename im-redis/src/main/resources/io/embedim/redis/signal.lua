-- Publishes something transient from where a log lies, so that it keeps its place between the messages of that log.
-- KEYS: 1 a key of the log   ARGV: 1 the channel in its slot whose shard is to hear it, or ''   2 the channel that is to hear it everywhere, or ''   3 what is sent
-- Answers {}.

if ARGV[1] ~= '' then
    redis.call('SPUBLISH', ARGV[1], ARGV[3])
else
    redis.call('PUBLISH', ARGV[2], ARGV[3])
end
return {}
