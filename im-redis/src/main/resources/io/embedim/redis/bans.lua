-- Who may not come in. KEYS[1] is the beginning of all these names, which lie in one slot:
--   ban   hash user -> the ban's bytes      name  sorted set of users, by name      end   sorted set of users by the end of their bans, ms
-- ARGV: 1 what to do   2 user, or: the name behind which it begins   3 end, or: how many   4 bytes
--   find    answers {bytes} or {}           save    {'saved'}
--   remove  {'removed'} or {}               list    a page; {last name or '', bytes ...}

local P = KEYS[1]

local function take(user)
    redis.call('ZREM', P .. 'name', user)
    redis.call('ZREM', P .. 'end', user)
    return redis.call('HDEL', P .. 'ban', user)
end

if ARGV[1] == 'find' then
    local ban = redis.call('HGET', P .. 'ban', ARGV[2])
    return ban and {ban} or {}
elseif ARGV[1] == 'list' then
    local most = tonumber(ARGV[3])
    local found = redis.call('ZRANGEBYLEX', P .. 'name', ARGV[2] == '' and '-' or '(' .. ARGV[2], '+', 'LIMIT', 0, most + 1)
    local answer = {#found > most and found[most] or ''}
    for i = 1, math.min(#found, most) do
        table.insert(answer, redis.call('HGET', P .. 'ban', found[i]))
    end
    return answer
elseif ARGV[1] == 'remove' then
    return take(ARGV[2]) == 1 and {'removed'} or {}
end
-- Those that have ended are forgotten on the way, a few at a time.
local time = redis.call('TIME')
for _, user in ipairs(redis.call('ZRANGEBYSCORE', P .. 'end', '-inf', time[1] .. '000', 'LIMIT', 0, 100)) do
    take(user)
end
redis.call('HSET', P .. 'ban', ARGV[2], ARGV[4])
redis.call('ZADD', P .. 'name', 0, ARGV[2])
redis.call('ZADD', P .. 'end', ARGV[3], ARGV[2])
return {'saved'}
