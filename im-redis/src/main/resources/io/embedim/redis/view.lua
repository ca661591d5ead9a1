-- What may be seen of one log, all of one moment.
-- KEYS: see log.lua.

-- Reads it for this member, or '' for all there is: {epoch, top, mid of the top, floor, mid below the floor, whether there was more below the floor}; nil where nothing may be seen.
local function view(member)
    local meta = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'mid', 'floor', 'fprev')
    local top, topMid = tonumber(meta[2] or '0'), meta[3] or ''
    local kept, keptPrev = tonumber(meta[4] or '1'), meta[5] or ''

    -- Somebody may have taken entries away that no append has let go of.
    if kept <= top and not load(kept) then
        local first = redis.call('XRANGE', KEYS[2], whole(kept), '+', 'COUNT', 1)
        if first[1] then
            kept = tonumber(string.match(first[1][1], '^%d+'))
            keptPrev = entry(first[1][2]).prev
        else
            kept = top + 1
            keptPrev = topMid
        end
    end

    local first, firstPrev = 1, ''
    if member ~= '' then
        local span = redis.call('HGET', KEYS[4], member)
        if not span then
            return nil
        end
        local _, place, _, prev, gone = string.match(span, '^(%S+) (%S+) (%S+) (%S+)(.*)$')
        first, firstPrev = tonumber(place), untext(prev)
        local lastPlace, lastMid = string.match(gone, '^ (%S+) (%S+)$')
        if lastPlace then
            top, topMid = tonumber(lastPlace), lastMid
        end
    end

    local trimmed = kept > first
    local floor, floorPrev = first, firstPrev
    if trimmed and kept > top then
        floor, floorPrev = top + 1, topMid
    elseif trimmed then
        floor, floorPrev = kept, keptPrev
    end
    return {epoch = meta[1] or '', top = top, topMid = topMid, floor = floor, floorPrev = floorPrev, trimmed = trimmed}
end

-- Entries of places from low to high, by place, those that were changed left out: for them there is overlaid().
local function kept(low, high)
    local found = {}
    for _, one in ipairs(redis.call('XRANGE', KEYS[2], whole(low), whole(high))) do
        found[string.match(one[1], '^%d+')] = one[2]
    end
    return found
end
