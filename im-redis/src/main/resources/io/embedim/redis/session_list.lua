-- A page of sessions, or of names, in the order of their names.
-- KEYS: see sessions.lua. ARGV: 1 which listing   2 the name behind which it begins, or ''   3 at most how many   4 'names', or 'live', or 'all' for sessions
--   of dead nodes too
-- Answers {last name or '', items...}: names, or the bytes of sessions. Behind the last page there is no last name.

local most = tonumber(ARGV[3])
local dead, someDead = {}, false
if ARGV[4] == 'live' then
    for _, node in ipairs(redis.call('ZRANGEBYSCORE', P .. 'nodes', '-inf', now())) do
        dead[node] = true
        someDead = true
    end
end
local answer, last = {''}, ARGV[2]
-- Sessions of dead nodes are passed over; a page is short only where a great many lie in a row.
for round = 1, 10 do
    local left = most - (#answer - 1)
    local found = redis.call('ZRANGEBYLEX', P .. ARGV[1], last == '' and '-' or '(' .. last, '+', 'LIMIT', 0, left + 1)
    for i = 1, math.min(#found, left) do
        last = found[i]
        if ARGV[4] == 'names' then
            table.insert(answer, last)
        else
            local session = redis.call('HMGET', P .. 'c:' .. last, 'n', 'r')
            if session[2] and not dead[session[1]] then
                table.insert(answer, session[2])
            end
        end
    end
    if #found <= left then
        return answer
    elseif not someDead or #answer - 1 == most then
        break
    end
end
answer[1] = last
return answer
