-- One session, unless its node is dead.
-- KEYS: see sessions.lua. ARGV: 1 connection
-- Answers {its bytes} or {}.

local session = redis.call('HMGET', P .. 'c:' .. ARGV[1], 'n', 'r')
if not session[2] then
    return {}
end
local lease = redis.call('ZSCORE', P .. 'nodes', session[1])
if lease and tonumber(lease) <= now() then
    return {}
end
return {session[2]}
