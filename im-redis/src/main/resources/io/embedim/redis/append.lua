-- Appends one entry, or says why not. One atomic step: nothing is written before everything has been looked at.
-- KEYS: see log.lua.
-- ARGV:
--   1 epoch, if a new one is needed   2 mid   3 fixed part   4 words   5 weight without words   6 weight of the words
--   7 kind: say, edit, recall, add, remove   8 sender   9 key of the action, or ''   10 its hash
--   11 how long actions are known, ms   12 what is called an hour, ms   13 fence: user, or ''   14 fence: version, 0 for any
--   15 target: seq   16 target: mid   17 target: revision that was seen   18 whether of others too: 1   19 words of nothing
--   20 subject: user   21 subject: version   22 most entries   23 most ms of age   24 most bytes
--   25 and on: the channels that are to hear it
-- Answers {'ok', epoch, seq, mid, at, alarm}, {'dup', epoch, seq, mid, at}, or {the name of a refusal}.

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'mid', 'floor', 'fprev', 'fat', 'bytes', 'hours', 'at')
local epoch = meta[1]
local seq = tonumber(meta[2] or '0')
local last = meta[3] or ''
local floor = tonumber(meta[4] or '1')
local fprev = meta[5] or ''
local fat = tonumber(meta[6] or '0')
local bytes = tonumber(meta[7] or '0')
local hours = meta[8] or ''
local kind = ARGV[7]
local alarm = ''

if not epoch then
    -- Entries without meta stay; a new epoch goes on behind them.
    local left = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)
    if left[1] then
        local first = redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 1)
        alarm = 'meta'
        seq = tonumber(string.match(left[1][1], '^%d+'))
        last = entry(left[1][2]).mid
        floor = tonumber(string.match(first[1][1], '^%d+'))
        fprev = entry(first[1][2]).prev
        fat = tonumber(entry(first[1][2]).at)
    end
end

if ARGV[9] ~= '' and epoch then
    local hash, place, mid, at = known(epoch, hours, seq, ARGV[9])
    if hash then
        if hash ~= ARGV[10] then
            return {'ID_TAKEN'}
        end
        return {'dup', epoch, place, mid, at}
    end
end

local function span(user)
    local found = redis.call('HGET', KEYS[4], user)
    if not found then
        return nil
    end
    local version, rest, gone = string.match(found, '^(%S+) (%S+ %S+ %S+)(.*)$')
    return {version = version, first = rest, active = gone == ''}
end

if ARGV[13] ~= '' then
    local fence = span(ARGV[13])
    if not fence or not fence.active or (ARGV[14] ~= '0' and fence.version ~= ARGV[14]) then
        return {'NOT_A_MEMBER'}
    end
end

local target
local targetSeq = 0
if kind == 'edit' or kind == 'recall' then
    targetSeq = tonumber(ARGV[15])
    if targetSeq >= floor and targetSeq <= seq then
        target = load(targetSeq)
    end
    if not target or target.mid ~= ARGV[16] or target.kind ~= 'say' then
        return {'NO_SUCH_MESSAGE'}
    elseif ARGV[18] ~= '1' and target.f ~= ARGV[8] then
        return {'NOT_YOURS'}
    elseif target.gone == '1' then
        return {'RECALLED'}
    elseif target.rev ~= ARGV[17] then
        return {'REVISION_CHANGED'}
    end
elseif kind == 'add' then
    local subject = span(ARGV[20])
    if subject and tonumber(subject.version) >= tonumber(ARGV[21]) then
        return {'REVISION_CHANGED'}
    end
elseif kind == 'remove' then
    local subject = span(ARGV[20])
    if not subject or not subject.active then
        return {'NOT_A_MEMBER'}
    end
end

-- From here on it is taken. The first write fails where the place has been given already.
epoch = epoch or ARGV[1]
seq = seq + 1
now = math.max(now, tonumber(meta[9] or '0'))
local own = {
    mid = ARGV[2], prev = last, at = whole(now), rev = '0', gone = '0', base = ARGV[5], words = ARGV[6], kind = kind,
    f = ARGV[8], b = ARGV[3], w = ARGV[4]
}
if target then
    own.rev = whole(tonumber(target.rev) + 1)
end
local mostEntries = tonumber(ARGV[22])
local id = whole(seq)
if mostEntries > 0 then
    redis.call('XADD', KEYS[2], id .. '-0', 'h', head(own), 'f', own.f, 'b', own.b, 'w', own.w)
    bytes = bytes + weight(own)
    if floor == seq then
        fat = now
    end
else
    floor = seq + 1
    fprev = own.mid
    bytes = 0
end

-- Puts other words in the place of those of an entry: in the stream there is nothing of it any more.
local function overlay(place, e, words, weightOfWords)
    bytes = bytes - tonumber(e.words) + tonumber(weightOfWords)
    e.w = words
    e.words = weightOfWords
    redis.call('HSET', KEYS[3], place, cmsgpack.pack({head(e), e.f, e.b, e.w, e.edits or {}}))
    redis.call('XDEL', KEYS[2], place .. '-0')
end

if target then
    target.rev = own.rev
    target.edits = target.edits or {}
    if kind == 'edit' then
        table.insert(target.edits, id)
        overlay(whole(targetSeq), target, ARGV[4], ARGV[6])
    else
        for _, place in ipairs(target.edits) do
            local edit = tonumber(place) >= floor and load(tonumber(place))
            if edit then
                edit.gone = '1'
                overlay(place, edit, ARGV[19], '0')
            end
        end
        target.gone = '1'
        target.edits = {}
        overlay(whole(targetSeq), target, ARGV[19], '0')
    end
end

local mostAge = tonumber(ARGV[23])
local mostBytes = tonumber(ARGV[24])
local before = floor
-- At most a thousand, so that a narrower retention does not hold up everybody; the next append goes on.
while floor <= seq and floor < before + 1000
    and (seq - floor + 1 > mostEntries or bytes > mostBytes or fat < now - mostAge) do
    local dropped = load(floor)
    if dropped then
        fprev = dropped.mid
        bytes = bytes - weight(dropped)
        if dropped.over then
            redis.call('HDEL', KEYS[3], whole(floor))
        end
    end
    floor = floor + 1
    local next = floor <= seq and load(floor)
    if next then
        fprev = next.prev
        fat = tonumber(next.at)
    elseif floor > seq then
        fprev = own.mid
        bytes = 0
    end
end
if floor > before and mostEntries > 0 then
    redis.call('XTRIM', KEYS[2], 'MINID', whole(floor))
end

if kind == 'add' then
    redis.call('HSET', KEYS[4], ARGV[20], ARGV[21] .. ' ' .. id .. ' ' .. own.mid .. ' ' .. text(own.prev))
    redis.call('ZREM', KEYS[6], ARGV[20])
elseif kind == 'remove' then
    local subject = span(ARGV[20])
    redis.call('HSET', KEYS[4], ARGV[20], subject.version .. ' ' .. subject.first .. ' ' .. id .. ' ' .. own.mid)
    redis.call('ZADD', KEYS[6], id, ARGV[20])
    -- Of whose time nothing is left, that is forgotten with it.
    local forgotten = redis.call('ZRANGEBYSCORE', KEYS[6], '-inf', '(' .. whole(floor), 'LIMIT', 0, 1000)
    for _, user in ipairs(forgotten) do
        redis.call('HDEL', KEYS[4], user)
        redis.call('ZREM', KEYS[6], user)
    end
end

if ARGV[9] ~= '' then
    local window = tonumber(ARGV[11])
    local span = tonumber(ARGV[12])
    local hour = math.floor(now / span)
    local kept = {}
    for known in string.gmatch(hours, '%S+') do
        if (tonumber(known) + 1) * span + window > now then
            table.insert(kept, known)
            hour = math.max(hour, tonumber(known))
        end
    end
    if kept[#kept] ~= whole(hour) then
        table.insert(kept, whole(hour))
    end
    hours = table.concat(kept, ' ')
    local ids = KEYS[5] .. ':' .. epoch .. ':' .. whole(hour)
    redis.call('HSET', ids, ARGV[9], ARGV[10] .. ' ' .. id .. ' ' .. own.mid .. ' ' .. own.at)
    redis.call('PEXPIRE', ids, whole(window + span))
end

redis.call('HSET', KEYS[1], 'epoch', epoch, 'seq', id, 'mid', own.mid, 'floor', whole(floor), 'fprev', fprev,
    'fat', whole(fat), 'bytes', whole(math.max(bytes, 0)), 'hours', hours, 'at', own.at)

local message = frame(epoch, seq, own)
for i = 25, #ARGV do
    redis.call('PUBLISH', ARGV[i], message)
end
return {'ok', epoch, id, own.mid, own.at, alarm}
