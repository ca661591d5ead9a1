-- Leases of nodes, by this Redis's clock alone.
-- KEYS: see sessions.lua. ARGV: 1 what to do   2 node   3 ms   4 whether what is said in groups is published within a shard: 1 or ''
--   begin  a lease of so many ms; {'otherwise'} where nodes live that publish it in the other way
--   renew  a lease that lives; {'lost'} where it does not
--   live   answers node, end, node, end ...           dead   answers nodes whose leases ended so many ms ago, and that nobody cleans up after
--   claim  for so many ms; {'won'} for the one        gone   the node has been cleaned up after; {'gone'}
--   leave  ends the own lease at once

local nodes = P .. 'nodes'
local time = now()
if ARGV[1] == 'begin' then
    -- The name 'sharded' is there where the nodes that live publish within a shard; who is the first to live says it.
    if (redis.call('EXISTS', P .. 'sharded') == 1) ~= (ARGV[4] == '1') then
        local living = redis.call('ZRANGEBYSCORE', nodes, '(' .. string.format('%.0f', time), '+inf', 'LIMIT', 0, 1)
        if living[1] then
            return {'otherwise'}
        elseif ARGV[4] == '1' then
            redis.call('SET', P .. 'sharded', '')
        else
            redis.call('DEL', P .. 'sharded')
        end
    end
    redis.call('ZADD', nodes, time + ARGV[3], ARGV[2])
    return {'begun'}
elseif ARGV[1] == 'renew' then
    local lease = redis.call('ZSCORE', nodes, ARGV[2])
    if not lease or tonumber(lease) <= time then
        return {'lost'}
    end
    redis.call('ZADD', nodes, time + ARGV[3], ARGV[2])
    return {'renewed'}
elseif ARGV[1] == 'live' then
    return redis.call('ZRANGEBYSCORE', nodes, '(' .. string.format('%.0f', time), '+inf', 'WITHSCORES')
elseif ARGV[1] == 'dead' then
    local dead = {}
    for _, node in ipairs(redis.call('ZRANGEBYSCORE', nodes, '-inf', time - ARGV[3], 'LIMIT', 0, 100)) do
        if redis.call('EXISTS', P .. 'claim:' .. node) == 0 then
            table.insert(dead, node)
        end
    end
    return dead
elseif ARGV[1] == 'claim' then
    local lease = redis.call('ZSCORE', nodes, ARGV[2])
    if not lease or tonumber(lease) > time then
        return {'lost'}
    end
    return {redis.call('SET', P .. 'claim:' .. ARGV[2], '', 'NX', 'PX', ARGV[3]) and 'won' or 'lost'}
elseif ARGV[1] == 'gone' then
    redis.call('ZREM', nodes, ARGV[2])
    redis.call('DEL', P .. 'claim:' .. ARGV[2])
    redis.call('SET', P .. 'reaped:' .. ARGV[2], '', 'PX', ARGV[3])
    return {'gone'}
end
redis.call('ZADD', nodes, 'XX', time, ARGV[2])
return {'left'}
