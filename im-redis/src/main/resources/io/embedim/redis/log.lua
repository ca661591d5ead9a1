-- The part that all scripts about a log begin with. KEYS of each of them:
--   1 meta      hash    epoch, seq, mid, floor, fprev, fat, bytes, parts, at
--   2 entries   stream  id <seq>-0; fields h, f, b, w: what it is, who sent it, its fixed part, its words
--   3 overlays  hash    seq -> the entry as it is by now, where it is another one than it was
--   4 members   hash    user -> version, place, mid and prev of its adding, place and mid of its removal
--   5 ids       hash for each epoch and part of the time that actions are known: which have been taken; this is the beginning of its name
--   6 gone      sorted set of removed members by the place of their removal
-- In h: mid, prev, at, revision, recalled, weight without words, weight of the words, kind; '-' stands for an empty text.

local function whole(number)
    return string.format('%d', number)
end

local function text(value)
    if value == '' then
        return '-'
    end
    return value
end

local function untext(value)
    if value == '-' then
        return ''
    end
    return value
end

local function head(e)
    return e.mid .. ' ' .. text(e.prev) .. ' ' .. e.at .. ' ' .. e.rev .. ' ' .. e.gone .. ' ' .. e.base .. ' ' .. e.words
        .. ' ' .. e.kind
end

local function entry(fields)
    local e = {f = fields[4], b = fields[6], w = fields[8]}
    e.mid, e.prev, e.at, e.rev, e.gone, e.base, e.words, e.kind =
        string.match(fields[2], '^(%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+)$')
    e.prev = untext(e.prev)
    return e
end

local function weight(e)
    return tonumber(e.base) + tonumber(e.words)
end

local function overlaid(seq)
    local packed = redis.call('HGET', KEYS[3], seq)
    if not packed then
        return nil
    end
    local o = cmsgpack.unpack(packed)
    local e = entry({'h', o[1], 'f', o[2], 'b', o[3], 'w', o[4]})
    e.edits = o[5]
    e.over = true
    return e
end

-- The entry at a place, or nil where there is none.
local function load(seq)
    local id = whole(seq)
    local found = redis.call('XRANGE', KEYS[2], id, id)
    if found[1] then
        return entry(found[1][2])
    end
    return overlaid(id)
end

-- The entries at a place and behind it.
local function two(seq)
    local here, behind = whole(seq), whole(seq + 1)
    local found = redis.call('XRANGE', KEYS[2], here, behind)
    if found[2] then
        return entry(found[1][2]), entry(found[2][2])
    elseif not found[1] then
        return overlaid(here), overlaid(behind)
    elseif found[1][1] == here .. '-0' then
        return entry(found[1][2]), overlaid(behind)
    end
    return overlaid(here), entry(found[1][2])
end

-- What travels and what is read: the version of this format, what it is, the entry, and how long its fixed part is.
local function frame(epoch, seq, e)
    return '1 M ' .. epoch .. ' ' .. seq .. ' ' .. e.mid .. ' ' .. text(e.prev) .. ' ' .. e.at .. ' ' .. e.rev .. ' '
        .. e.gone .. ' ' .. whole(#e.b) .. ' ' .. e.b .. e.w
end

-- Looks for an action in the parts that the log remembers: its hash, seq, mid and time, or nil. One past the top is void.
local function known(epoch, parts, top, key)
    for part in string.gmatch(parts, '%S+') do
        local record = redis.call('HGET', KEYS[5] .. ':' .. epoch .. ':' .. part, key)
        if record then
            local hash, seq, mid, at = string.match(record, '^(%S+) (%S+) (%S+) (%S+)$')
            if tonumber(seq) <= top then
                return hash, seq, mid, at
            end
        end
    end
    return nil
end
