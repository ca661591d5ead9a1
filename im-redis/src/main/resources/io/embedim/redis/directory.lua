-- In which conversations one user is.
-- KEYS: 1 list     hash        epoch, version: the highest that was given
--       2 listed   sorted set  conversation -> its version
--       3 left     set         those of them that the user has left
-- ARGV: 1 put, or read
--   put    2 conversation   3 whether it belongs: 1   4 epoch, if a new one is needed; answers {version}
--   read   2 epoch of the cursor   3 its version   4 epoch, if a new one is needed   5 how many
--          answers {epoch, whether the cursor fits: 1, version behind the items, whether there is more: 1, conversation, version, belongs ...}
-- A version is the time in microseconds, and above the one before: where Redis has lost the newest ones, those that come are above what a client has seen of them.

local function whole(number)
    return string.format('%.0f', number)
end

-- Where the list stands. One whose head is gone goes on behind its entries, in a new epoch.
local function head()
    local found = redis.call('HMGET', KEYS[1], 'epoch', 'version')
    if found[1] then
        return found[1], tonumber(found[2])
    end
    local last = redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')
    if not last[1] then
        return '', 0
    end
    redis.call('HSET', KEYS[1], 'epoch', ARGV[4], 'version', last[2])
    return ARGV[4], tonumber(last[2])
end

local epoch, top = head()
if ARGV[1] == 'put' then
    local stored = redis.call('ZSCORE', KEYS[2], ARGV[2])
    local belongs = redis.call('SISMEMBER', KEYS[3], ARGV[2]) == 0
    if stored and belongs == (ARGV[3] == '1') then
        return {whole(tonumber(stored))}
    end
    local time = redis.call('TIME')
    local version = whole(math.max(top + 1, tonumber(time[1]) * 1000000 + tonumber(time[2])))
    redis.call('HSET', KEYS[1], 'epoch', epoch == '' and ARGV[4] or epoch, 'version', version)
    redis.call('ZADD', KEYS[2], version, ARGV[2])
    redis.call(ARGV[3] == '1' and 'SREM' or 'SADD', KEYS[3], ARGV[2])
    return {version}
end

local asked, most = tonumber(ARGV[3]), tonumber(ARGV[5])
local fits = (ARGV[2] == '' and asked == 0) or (ARGV[2] == epoch and asked <= top)
local after = fits and asked or 0
local found = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. whole(after), '+inf', 'WITHSCORES', 'LIMIT', 0, most + 1)
local answer = {epoch, fits and '1' or '0', whole(after), #found > 2 * most and '1' or '0'}
for i = 1, math.min(#found, 2 * most), 2 do
    local version = whole(tonumber(found[i + 1]))
    answer[3] = version
    table.insert(answer, found[i])
    table.insert(answer, version)
    table.insert(answer, redis.call('SISMEMBER', KEYS[3], found[i]) == 0 and '1' or '0')
end
return answer
