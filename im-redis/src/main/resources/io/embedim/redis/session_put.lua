-- Keeps a session, unless a newer state of it is there or it has been removed for good.
-- KEYS: see sessions.lua. ARGV: 1 connection   2 version   3 node   4 user, or ''   5 the session's bytes   6 and on: groups
-- Answers {'put'} or {'old'}.

local connection = ARGV[1]
if redis.call('EXISTS', P .. 'x:' .. connection) == 1 then
    return {'old'}
end
local before = redis.call('HMGET', P .. 'c:' .. connection, 'v', 'n', 'u', 'g')
if before[1] and tonumber(before[1]) >= tonumber(ARGV[2]) then
    return {'old'}
end
-- One whose node has died and been cleaned up after comes too late: nobody would take it away again.
if redis.call('EXISTS', P .. 'reaped:' .. ARGV[3]) == 1 then
    return {'old'}
end
local groups = {}
for i = 6, #ARGV do
    table.insert(groups, ARGV[i])
end
local packed = cmsgpack.pack(groups)
if before[1] and before[3] == ARGV[4] and before[4] == packed then
    -- As when a node puts all it has anew: everybody is where they were, but for the node.
    if before[2] ~= ARGV[3] then
        redis.call('ZREM', P .. 'n:' .. before[2], connection)
        redis.call('ZADD', P .. 'n:' .. ARGV[3], 0, connection)
    end
    redis.call('HSET', P .. 'c:' .. connection, 'v', ARGV[2], 'n', ARGV[3], 'r', ARGV[5])
    return {'put'}
end
forget(connection)
for _, group in ipairs(groups) do
    into('g:', 'groups', connection, group)
end
if ARGV[4] ~= '' then
    into('u:', 'users', connection, ARGV[4])
end
redis.call('ZADD', P .. 'all', 0, connection)
redis.call('ZADD', P .. 'n:' .. ARGV[3], 0, connection)
redis.call('HSET', P .. 'c:' .. connection, 'v', ARGV[2], 'n', ARGV[3], 'u', ARGV[4], 'g', packed, 'r', ARGV[5])
return {'put'}
