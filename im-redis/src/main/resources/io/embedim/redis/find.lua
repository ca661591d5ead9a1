-- Looks for an action that a log has taken.
-- KEYS: see log.lua. ARGV: 1 key of the action   2 its hash
-- Answers {'none'}, {'ID_TAKEN'}, or {'dup', epoch, seq, mid, at}.

local meta = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'parts')
if not meta[1] then
    return {'none'}
end
local hash, seq, mid, at = known(meta[1], meta[3] or '', tonumber(meta[2]), ARGV[1])
if not hash then
    return {'none'}
elseif hash ~= ARGV[2] then
    return {'ID_TAKEN'}
end
return {'dup', meta[1], seq, mid, at}
