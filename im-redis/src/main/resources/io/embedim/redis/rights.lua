-- Tries each command that the scripts use, on a name that nobody has, and says which of them this user may not run.
-- KEYS: 1 a name of its own   ARGV: 1 a channel of its own   2 one in the slot of that name where shards are to hear, or ''
-- Answers {name of a command, ...}.

local missing = {}
local function try(name, ...)
    local answer = redis.pcall(name, ...)
    local refused = type(answer) == 'table' and answer.err
    -- As 7 says it, and as 6.2 does.
    if refused and (string.find(refused, 'NOPERM') or string.find(refused, 'ACL failure') or string.find(refused, "can't")) then
        table.insert(missing, name)
    end
end

local key = KEYS[1]
try('TIME')
try('EXISTS', key)
try('SET', key, '', 'PX', 1000)
try('GET', key)
try('DEL', key)
try('HSET', key, 'field', '')
try('HGET', key, 'field')
try('HMGET', key, 'field')
try('HRANDFIELD', key, 1)
try('PEXPIRE', key, 1000)
try('HDEL', key, 'field')
try('ZADD', key, 0, 'member')
try('ZSCORE', key, 'member')
try('ZCARD', key)
try('ZREVRANGE', key, 0, 0)
try('ZRANGEBYSCORE', key, '-inf', '+inf')
try('ZRANGEBYLEX', key, '-', '+')
try('ZREM', key, 'member')
redis.pcall('DEL', key)
try('SADD', key, 'member')
try('SISMEMBER', key, 'member')
try('SREM', key, 'member')
try('XADD', key, '1-0', 'field', '')
try('XRANGE', key, '-', '+')
try('XREVRANGE', key, '+', '-')
try('XTRIM', key, 'MINID', '1')
try('XDEL', key, '1-0')
redis.pcall('DEL', key)
try('PUBLISH', ARGV[1], '')
if ARGV[2] ~= '' then
    try('SPUBLISH', ARGV[2], '')
end
return missing
