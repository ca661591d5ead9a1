-- The part that all scripts about sessions begin with. KEYS[1] of each of them is the beginning of all these names, which lie in one slot:
--   nodes      sorted set of node ids by the end of their leases, ms of this Redis's clock
--   sharded    is there where the living nodes publish what is said in groups within a shard
--   all        sorted set of connection ids, all with score 0: a listing by name
--   users, groups      the same of users and groups that have a session
--   u:<user>, g:<group>, n:<node>      the same of the sessions of each
--   c:<connection>     hash    v version, n node, u user or '', g groups, r the whole session as its bytes
--   x:<connection>     that it was removed for good; forgotten after ten minutes

local P = KEYS[1]

local function now()
    local time = redis.call('TIME')
    return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

local function out(index, names, connection, name)
    redis.call('ZREM', P .. index .. name, connection)
    if redis.call('EXISTS', P .. index .. name) == 0 then
        redis.call('ZREM', P .. names, name)
    end
end

local function into(index, names, connection, name)
    redis.call('ZADD', P .. index .. name, 0, connection)
    redis.call('ZADD', P .. names, 0, name)
end

-- Takes a session out of all indexes.
local function forget(connection)
    local before = redis.call('HMGET', P .. 'c:' .. connection, 'v', 'n', 'u', 'g')
    if not before[1] then
        return false
    end
    redis.call('ZREM', P .. 'all', connection)
    redis.call('ZREM', P .. 'n:' .. before[2], connection)
    if before[3] ~= '' then
        out('u:', 'users', connection, before[3])
    end
    for _, group in ipairs(cmsgpack.unpack(before[4])) do
        out('g:', 'groups', connection, group)
    end
    redis.call('DEL', P .. 'c:' .. connection)
    return true
end
