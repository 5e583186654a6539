-- The vote of Redis on one pool. It votes as a node does, by its own clock: whom it acknowledged it stays with for
-- ARGV[5] ms, and it says yes to nothing below the highest epoch it ever said yes to.
--
-- KEYS[1] what it remembers  ARGV: ask, beat or release; from; epoch; predecessor; hold in ms; 1 if the sender is the owner
-- Answers {yes or no or silence: 1, 0, -1; an epoch}. Epochs are whole numbers below 2^53, which a number here holds.

local key = KEYS[1]
local question, from, epoch, predecessor = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local hold, confirmed = tonumber(ARGV[5]), ARGV[6] == '1'
local KEEP_MILLIS = 30 * 24 * 3600 * 1000

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local info = redis.pcall('INFO', 'server')
local run = type(info) == 'string' and string.match(info, 'run_id:(%x+)') or ''

local stored = redis.pcall('HGETALL', key)
local memory = {}
if stored.err then
  redis.call('DEL', key)
else
  for i = 1, #stored, 2 do memory[stored[i]] = stored[i + 1] end
end

local function number(field) return tonumber(memory[field]) or 0 end
local function set(field, value)
  if type(value) == 'number' then value = string.format('%.0f', value) end
  memory[field] = value
  redis.call('HSET', key, field, value)
end

-- A server that has just begun, or lost what it knew, may have forgotten an owner: it gives no word until that one is over.
if memory.run ~= run or not tonumber(memory.highest) then
  set('run', run)
  set('highest', number('highest'))
  set('listens_until', now + hold)
end
redis.call('PEXPIRE', key, KEEP_MILLIS)

local listens = number('listens_until') > now
local owner, owned = memory.owner, number('epoch')
local promised = number('word_until') > now and number('word_epoch') or 0

local function held()
  return owner and owner ~= from and owned ~= number('released') and owned ~= predecessor and number('held_until') > now
end

if question == 'release' then
  set('released', math.max(number('released'), epoch))
  return { 1, '0' }
end

if question == 'ask' then
  local yes = not listens and epoch > number('highest') and not held()
  if yes then
    set('highest', epoch)
    set('word_epoch', epoch)
    set('word_from', from)
    set('word_until', now + hold)
  end
  return { yes and 1 or 0, string.format('%.0f', number('highest')) }
end

if epoch == number('released') or (listens and not confirmed) then
  return { -1, '0' }
end
local binding = math.max(owned, promised)
local below = epoch < binding
  or (epoch == owned and owner ~= from)
  or (epoch == promised and memory.word_from ~= from)
if below or held() then
  return { 0, owner == from and '0' or string.format('%.0f', owned) }
end
set('owner', from)
set('epoch', epoch)
set('held_until', now + hold)
set('highest', math.max(number('highest'), epoch))
return { 1, '0' }
