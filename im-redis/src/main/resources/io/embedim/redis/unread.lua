-- Counts what a user has not read yet (protocol W2): what others said behind a position, or from the first that may be seen where it does not fit.
-- KEYS: see log.lua; view.lua comes before it.
-- ARGV: 1 epoch   2 seq   3 mid   4 highest count   5 user   6 member, or ''   7 most entries to look at
-- Answers {count}, or {count, epoch, seq and mid of the place behind which it is to go on}.

local epoch, seq, mid = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local cap, user, most = tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[7])
local seen = view(ARGV[6])
if not seen then
    return {'0'}
end
local from = seen.floor
if epoch == seen.epoch and seq >= seen.floor - 1 and seq <= seen.top then
    local there = seq >= seen.floor and load(seq)
    if mid == (there and there.mid or seen.floorPrev) then
        from = seq + 1
    end
end

local CHUNK = 50
local count = 0
local last
for low = from, math.min(seen.top, from + most - 1), CHUNK do
    local high = math.min(low + CHUNK - 1, seen.top)
    local found = kept(low, high)
    for place = low, high do
        local fields = found[whole(place)]
        local e = fields and entry(fields) or overlaid(whole(place))
        if not e then
            return {whole(count)}
        end
        if e.kind == 'say' and e.gone ~= '1' and e.f ~= user then
            count = count + 1
        end
        if count == cap then
            return {whole(count)}
        end
        last = {mid = e.mid, place = place}
    end
end
if last and last.place < seen.top then
    return {whole(count), seen.epoch, whole(last.place), last.mid}
end
return {whole(count)}
