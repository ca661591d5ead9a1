-- Appends one entry, or says why not. One atomic step: nothing is written before everything has been looked at.
-- KEYS: see log.lua.
-- ARGV:
--   1 epoch, if a new one is needed   2 mid   3 fixed part   4 words   5 weight without words   6 weight of the words
--   7 kind: say, edit, recall, add, remove   8 sender   9 key of the action, or ''   10 its hash
--   11 how long actions are known, ms   12 how long a part of that is, ms   13 fence: user, or ''   14 fence: version, 0 for any
--   15 most entries   16 most ms of age   17 most bytes
--   18 the channel in the slot of these keys whose shard is to hear it, or ''   19, 20 the channels that are to hear it everywhere, each or ''
-- of an edit and a recall:
--   21 target: seq   22 target: mid   23 target: revision that was seen   24 whether of others too: 1   25 words of nothing
-- of an add and a remove:
--   21 subject: user   22 subject: version
-- Answers {'ok', epoch, seq, mid, at}, and 'meta' behind it where the log's state was lost; {'dup', epoch, seq, mid, at}; or {the name of a refusal}.

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'mid', 'floor', 'fprev', 'fat', 'bytes', 'parts', 'at')
local epoch = meta[1]
local seq = tonumber(meta[2] or '0')
local last = meta[3] or ''
local floor = tonumber(meta[4] or '1')
local fprev = meta[5] or ''
local fat = tonumber(meta[6] or '0')
local bytes = tonumber(meta[7] or '0')
local parts = meta[8] or ''
local kind = ARGV[7]
local alarm

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
    local hash, place, mid, at = known(epoch, parts, seq, ARGV[9])
    if hash then
        if hash ~= ARGV[10] then
            return {'ID_TAKEN'}
        end
        return {'dup', epoch, place, mid, at}
    end
end

-- A member's version, where it was added, and whether it is one still.
local span
if ARGV[13] ~= '' or kind == 'add' or kind == 'remove' then
    span = function(user)
        local found = redis.call('HGET', KEYS[4], user)
        if not found then
            return nil
        end
        local version, rest, gone = string.match(found, '^(%S+) (%S+ %S+ %S+)(.*)$')
        return {version = version, first = rest, active = gone == ''}
    end
end

if ARGV[13] ~= '' then
    local fence = span(ARGV[13])
    if not fence or not fence.active or (ARGV[14] ~= '0' and fence.version ~= ARGV[14]) then
        return {'NOT_A_MEMBER'}
    end
end

local target
local targetSeq = 0
local subject
if kind == 'edit' or kind == 'recall' then
    targetSeq = tonumber(ARGV[21])
    if targetSeq >= floor and targetSeq <= seq then
        target = load(targetSeq)
    end
    if not target or target.mid ~= ARGV[22] or target.kind ~= 'say' then
        return {'NO_SUCH_MESSAGE'}
    elseif ARGV[24] ~= '1' and target.f ~= ARGV[8] then
        return {'NOT_YOURS'}
    elseif target.gone == '1' then
        return {'RECALLED'}
    elseif target.rev ~= ARGV[23] then
        return {'REVISION_CHANGED'}
    end
elseif kind == 'add' then
    subject = span(ARGV[21])
    if subject and tonumber(subject.version) >= tonumber(ARGV[22]) then
        return {'REVISION_CHANGED'}
    end
elseif kind == 'remove' then
    subject = span(ARGV[21])
    if not subject or not subject.active then
        return {'NOT_A_MEMBER'}
    end
end

-- From here on it is taken.
epoch = epoch or ARGV[1]
seq = seq + 1
now = math.max(now, tonumber(meta[9] or '0'))
local id = whole(seq)
local own = {
    mid = ARGV[2], prev = last, at = whole(now), rev = '0', gone = '0', base = ARGV[5], words = ARGV[6], kind = kind,
    f = ARGV[8], b = ARGV[3], w = ARGV[4]
}
if target then
    own.rev = whole(tonumber(target.rev) + 1)
end
local mostEntries = tonumber(ARGV[15])
local mostBytes = tonumber(ARGV[17])
local oldest = now - tonumber(ARGV[16])
if mostEntries > 0 then
    bytes = bytes + weight(own)
    if floor == seq then
        fat = now
    end
else
    floor = seq + 1
    fprev = own.mid
    bytes = 0
end

local before = floor
local overlays = {}

-- Moves the floor to where all that is kept begins, and writes nothing. At most a thousand places, so that a narrower retention does not hold up everybody; the next append goes on.
local function letGo()
    local here, behind
    while floor <= seq and floor < before + 1000
        and (seq - floor + 1 > mostEntries or bytes > mostBytes or fat < oldest) do
        if floor + 1 < seq and floor == before then
            here, behind = two(floor)
        else
            here = behind or (floor == seq and own or load(floor))
            behind = floor < seq and (floor + 1 == seq and own or load(floor + 1))
        end
        if here then
            fprev = here.mid
            bytes = bytes - weight(here)
            if here.over then
                table.insert(overlays, whole(floor))
            end
        end
        floor = floor + 1
        if floor > seq then
            fprev = own.mid
            bytes = 0
        elseif behind then
            fprev = behind.prev
            fat = tonumber(behind.at)
        end
    end
end

-- Whole nodes of the stream are let go of; parts of one, which are about 4 KB, only with an overlay: below what stays there is no hole.
local function how()
    return (overlays[1] or floor > seq) and '=' or '~'
end

if target then
    if mostEntries > 0 then
        redis.call('XADD', KEYS[2], id .. '-0', 'h', head(own), 'f', own.f, 'b', own.b, 'w', own.w)
    end

    -- Puts other words in the place of those of an entry: in the stream there is nothing of it any more.
    local function overlay(place, e, words, weightOfWords)
        bytes = bytes - tonumber(e.words) + tonumber(weightOfWords)
        e.w = words
        e.words = weightOfWords
        redis.call('HSET', KEYS[3], place, cmsgpack.pack({head(e), e.f, e.b, e.w, e.edits or {}}))
        redis.call('XDEL', KEYS[2], place .. '-0')
    end
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
                overlay(place, edit, ARGV[25], '0')
            end
        end
        target.gone = '1'
        target.edits = {}
        overlay(whole(targetSeq), target, ARGV[25], '0')
    end
    letGo()
    if floor > before then
        redis.call('XTRIM', KEYS[2], 'MINID', how(), whole(floor))
    end
elseif mostEntries > 0 then
    letGo()
    if floor > before then
        redis.call('XADD', KEYS[2], 'MINID', how(), whole(floor), id .. '-0', 'h', head(own), 'f', own.f, 'b', own.b, 'w', own.w)
    else
        redis.call('XADD', KEYS[2], id .. '-0', 'h', head(own), 'f', own.f, 'b', own.b, 'w', own.w)
    end
end
for _, place in ipairs(overlays) do
    redis.call('HDEL', KEYS[3], place)
end

if kind == 'add' then
    redis.call('HSET', KEYS[4], ARGV[21], ARGV[22] .. ' ' .. id .. ' ' .. own.mid .. ' ' .. text(own.prev))
    redis.call('ZREM', KEYS[6], ARGV[21])
elseif kind == 'remove' then
    redis.call('HSET', KEYS[4], ARGV[21], subject.version .. ' ' .. subject.first .. ' ' .. id .. ' ' .. own.mid)
    redis.call('ZADD', KEYS[6], id, ARGV[21])
    -- Of whose time nothing is left, that is forgotten with it.
    local forgotten = redis.call('ZRANGEBYSCORE', KEYS[6], '-inf', '(' .. whole(floor), 'LIMIT', 0, 1000)
    for _, user in ipairs(forgotten) do
        redis.call('HDEL', KEYS[4], user)
        redis.call('ZREM', KEYS[6], user)
    end
end

if ARGV[9] ~= '' then
    local window = tonumber(ARGV[11])
    local length = tonumber(ARGV[12])
    local part = math.floor(now / length)
    local kept = {}
    for known in string.gmatch(parts, '%S+') do
        if (tonumber(known) + 1) * length + window > now then
            table.insert(kept, known)
            part = math.max(part, tonumber(known))
        end
    end
    local name = whole(part)
    local begins = kept[#kept] ~= name
    if begins then
        table.insert(kept, name)
    end
    parts = table.concat(kept, ' ')
    local ids = KEYS[5] .. ':' .. epoch .. ':' .. name
    redis.call('HSET', ids, ARGV[9], ARGV[10] .. ' ' .. id .. ' ' .. own.mid .. ' ' .. own.at)
    -- Now and then again, for a hash that was lost.
    if begins or seq % 100 == 0 then
        redis.call('PEXPIRE', ids, whole((part + 1) * length + window - now))
    end
end

local sum = whole(math.max(bytes, 0))
if floor == before and floor < seq and meta[6] and parts == meta[8] then
    redis.call('HSET', KEYS[1], 'seq', id, 'mid', own.mid, 'bytes', sum, 'at', own.at)
else
    redis.call('HSET', KEYS[1], 'epoch', epoch, 'seq', id, 'mid', own.mid, 'floor', whole(floor), 'fprev', fprev,
        'fat', whole(fat), 'bytes', sum, 'parts', parts, 'at', own.at)
end

local message = frame(epoch, id, own)
if ARGV[18] ~= '' then
    redis.call('SPUBLISH', ARGV[18], message)
end
if ARGV[19] ~= '' then
    redis.call('PUBLISH', ARGV[19], message)
end
if ARGV[20] ~= '' then
    redis.call('PUBLISH', ARGV[20], message)
end
return {'ok', epoch, id, own.mid, own.at, alarm}
