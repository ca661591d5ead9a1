-- How far users have read and received in one conversation.
-- KEYS[1]: hash   user -> epoch, seq and mid of what was read, and of what was received, packed
-- ARGV: 1 what to do   2 user, or: how many   3 READ or RECV   4 epoch   5 seq   6 mid
--   find, advance   answer {the six}, or {} where nothing stands
--   all             answers {user, the six ...}, of so many users at the most
--   forget          answers {}

-- Whole numbers as texts: there are more of them than Lua's numbers can tell apart.
local function above(a, b)
    return #a > #b or (#a == #b and a > b)
end

if ARGV[1] == 'all' then
    local answer = {}
    local found = redis.call('HRANDFIELD', KEYS[1], ARGV[2], 'WITHVALUES')
    for i = 1, #found, 2 do
        table.insert(answer, found[i])
        for _, part in ipairs(cmsgpack.unpack(found[i + 1])) do
            table.insert(answer, part)
        end
    end
    return answer
elseif ARGV[1] == 'forget' then
    redis.call('HDEL', KEYS[1], ARGV[2])
    return {}
end

local packed = redis.call('HGET', KEYS[1], ARGV[2])
local marks = packed and cmsgpack.unpack(packed) or {'', '0', '', '', '0', ''}
local changed = false

-- A position of another epoch takes the place of the one that stands; within an epoch a mark only grows.
local function raise(at)
    if ARGV[5] ~= '0' and (marks[at] ~= ARGV[4] or above(ARGV[5], marks[at + 1])) then
        marks[at], marks[at + 1], marks[at + 2] = ARGV[4], ARGV[5], ARGV[6]
        changed = true
    end
end

if ARGV[1] == 'advance' then
    if ARGV[3] == 'READ' then
        raise(1)
    end
    raise(4)
    if changed then
        redis.call('HSET', KEYS[1], ARGV[2], cmsgpack.pack(marks))
    end
end
return (packed or changed) and marks or {}
