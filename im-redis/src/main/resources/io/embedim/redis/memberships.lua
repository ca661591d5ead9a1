-- Who belongs to which group. KEYS[1] is the beginning of all these names, which lie in one slot:
--   g:<group>   hash    user -> version, blank, the membership's bytes          gz:<group>  sorted set of its users, by name
--   uz:<user>   sorted set of the user's groups, by name                       removed     the highest version that was removed
-- ARGV: 1 what to do   2 group   3 user   4 version, or: how many   5 bytes, or: the name behind which it begins
--   find    answers {bytes with version} or {}
--   save    if the stored version is this one, 0 for none; {new version} or {}
--   remove  if the stored version is this one; {'removed'} or {}
--   group, user   a page; {last name or '', version and bytes ...}

local P = KEYS[1]
local group, user = ARGV[2], ARGV[3]

local function stored()
    local value = redis.call('HGET', P .. 'g:' .. group, user)
    return value, value and string.match(value, '^%d+') or '0'
end

if ARGV[1] == 'find' then
    local value = stored()
    return value and {value} or {}
elseif ARGV[1] == 'save' then
    local value, version = stored()
    if version ~= ARGV[4] then
        return {}
    end
    local new = value and tonumber(version) or tonumber(redis.call('GET', P .. 'removed') or '0')
    new = string.format('%.0f', new + 1)
    redis.call('HSET', P .. 'g:' .. group, user, new .. ' ' .. ARGV[5])
    redis.call('ZADD', P .. 'gz:' .. group, 0, user)
    redis.call('ZADD', P .. 'uz:' .. user, 0, group)
    return {new}
elseif ARGV[1] == 'remove' then
    local value, version = stored()
    if not value or version ~= ARGV[4] then
        return {}
    end
    if tonumber(version) > tonumber(redis.call('GET', P .. 'removed') or '0') then
        redis.call('SET', P .. 'removed', version)
    end
    redis.call('HDEL', P .. 'g:' .. group, user)
    redis.call('ZREM', P .. 'gz:' .. group, user)
    redis.call('ZREM', P .. 'uz:' .. user, group)
    return {'removed'}
end
local of = ARGV[1] == 'group'
local most = tonumber(ARGV[4])
local found = redis.call('ZRANGEBYLEX', P .. (of and 'gz:' .. group or 'uz:' .. user), ARGV[5] == '' and '-' or '(' .. ARGV[5],
    '+', 'LIMIT', 0, most + 1)
local answer = {#found > most and found[most] or ''}
for i = 1, math.min(#found, most) do
    local value = redis.call('HGET', P .. 'g:' .. (of and group or found[i]), of and found[i] or user)
    if value then
        table.insert(answer, value)
    end
end
return answer
