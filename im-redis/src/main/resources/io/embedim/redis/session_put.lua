-- Keeps a session, unless a newer state of it is there or it has been removed for good.
-- KEYS: see sessions.lua. ARGV: 1 connection   2 version   3 node   4 user, or ''   5 the session's bytes   6 and on: groups
-- Answers {'put'} or {'old'}.

local connection = ARGV[1]
if redis.call('EXISTS', P .. 'x:' .. connection) == 1 then
    return {'old'}
end
local version = redis.call('HGET', P .. 'c:' .. connection, 'v')
if version and tonumber(version) >= tonumber(ARGV[2]) then
    return {'old'}
end
-- One whose node has died and been cleaned up after comes too late: nobody would take it away again.
if redis.call('EXISTS', P .. 'reaped:' .. ARGV[3]) == 1 then
    return {'old'}
end
forget(connection)
local groups = {}
for i = 6, #ARGV do
    table.insert(groups, ARGV[i])
    into('g:', 'groups', connection, ARGV[i])
end
if ARGV[4] ~= '' then
    into('u:', 'users', connection, ARGV[4])
end
redis.call('ZADD', P .. 'all', 0, connection)
redis.call('ZADD', P .. 'n:' .. ARGV[3], 0, connection)
redis.call('HSET', P .. 'c:' .. connection, 'v', ARGV[2], 'n', ARGV[3], 'u', ARGV[4], 'g', cmsgpack.pack(groups),
    'r', ARGV[5])
return {'put'}
