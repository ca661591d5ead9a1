-- Reads a part of one log, all of one moment (protocol P3).
-- KEYS: see log.lua; view.lua comes before it.
-- ARGV: 1 after, last or before   2 epoch   3 seq   4 mid   5 most entries   6 most weight   7 member, or ''
-- Answers {status, epoch, seq and mid of the top, floor, mid below the floor, frames...}.

local mode, epoch, seq, mid = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local most, mostWeight = tonumber(ARGV[5]), tonumber(ARGV[6])
local seen = view(ARGV[7])
if not seen then
    return {'GONE', '', '0', '', '1', ''}
end
local log, top, floor = seen.epoch, seen.top, seen.floor

local function answer(status, frames)
    local all = {status, log, whole(top), seen.topMid, whole(floor), seen.floorPrev}
    for _, one in ipairs(frames) do
        table.insert(all, one)
    end
    return all
end

local CHUNK = 50

-- Entries from a place to a place in this direction, as many as may be; answers their frames, in the order of the log.
local function page(from, to, step)
    local frames, sum, at = {}, 0, from
    while (to - at) * step >= 0 and #frames < most do
        local far = at + step * (math.min(CHUNK, most - #frames) - 1)
        if (to - far) * step < 0 then
            far = to
        end
        local found = kept(math.min(at, far), math.max(at, far))
        for place = at, far, step do
            local fields = found[whole(place)]
            local e = fields and entry(fields) or overlaid(whole(place))
            if not e then
                return frames
            end
            sum = sum + weight(e)
            if #frames > 0 and sum > mostWeight then
                return frames
            end
            table.insert(frames, frame(log, whole(place), e))
        end
        at = far + step
    end
    return frames
end

local function upward(from, lost)
    local frames = page(from, top, 1)
    local status = from + #frames <= top and 'MORE' or 'OK'
    return answer(lost and 'TRIMMED' or status, frames)
end

local function below(from)
    local frames = page(from, floor, -1)
    local turned = {}
    for i = #frames, 1, -1 do
        table.insert(turned, frames[i])
    end
    return answer(from - #frames >= floor and 'MORE' or 'OK', turned)
end

if mode == 'last' then
    return below(top)
elseif mode == 'before' then
    if epoch ~= log then
        return answer('RESET', {})
    end
    return below(math.min(seq - 1, top))
elseif seq == 0 then
    return upward(floor, seen.trimmed)
elseif epoch ~= log or seq > top then
    return answer('RESET', {})
elseif seq + 1 < floor then
    return upward(floor, true)
end
local there = seq ~= floor - 1 and load(seq)
if mid ~= (there and there.mid or seen.floorPrev) then
    return answer('RESET', {})
end
return upward(seq + 1, false)
