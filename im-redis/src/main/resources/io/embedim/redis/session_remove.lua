-- Removes a session: for good, or only if it is of a node that has died.
-- KEYS: see sessions.lua. ARGV: 1 connection   2 node, or '' for good   3 how long that is known, ms
-- Answers {'removed', the session's bytes} or {'none'}.

local connection = ARGV[1]
if ARGV[2] == '' then
    redis.call('SET', P .. 'x:' .. connection, '', 'PX', ARGV[3])
elseif redis.call('HGET', P .. 'c:' .. connection, 'n') ~= ARGV[2] then
    redis.call('ZREM', P .. 'n:' .. ARGV[2], connection)
    return {'none'}
end
local bytes = redis.call('HGET', P .. 'c:' .. connection, 'r')
return forget(connection) and {'removed', bytes} or {'none'}
