package io.tickmesh.store;

/**
 * What Redis does in one step. A script is sent whole each time, a kilobyte among hundreds: there is then no state of a
 * server, a failover or a {@code SCRIPT FLUSH} that it could be missing in. All keys of one call have the same hash tag.
 */
final class Scripts {
    /**
     * Writes newest values and histories of a pool, unless a later write was there.
     *
     * <p>Keys: writer, newest, index, then a history for each line. Arguments: epoch, number, highest epoch that can be,
     * now, expiry, lines; then for each line topic, time, newest, whether that is of this epoch (else
     * it only fills a gap), how many ticks, the ticks. Answers whether it was
     * written, the epoch and number of the write before (-1 where there was none), and how many keys were not of our type.
     */
    static final String WRITE = """
            local epoch, number = tonumber(ARGV[1]), tonumber(ARGV[2])
            local now, expiry = tonumber(ARGV[4]), tonumber(ARGV[5])
            local bad = 0
            for i, ours in ipairs({'string', 'hash', 'zset'}) do
              local is = redis.call('TYPE', KEYS[i]).ok
              if is ~= ours and is ~= 'none' then
                redis.call('DEL', KEYS[i])
                bad = bad + 1
              end
            end
            local e, n = string.match(redis.call('GETRANGE', KEYS[1], 0, 63), '^(%d+) (%d+)$')
            e, n = tonumber(e or -1), tonumber(n or -1)
            if e > tonumber(ARGV[3]) then
              e, n = -1, -1
            end
            if e > epoch or (e == epoch and n >= number) then
              return {0, e, n, bad}
            end
            redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. ARGV[2], 'PX', expiry)
            local at = 7
            for i = 1, tonumber(ARGV[6]) do
              if ARGV[at + 3] == 'own' then
                redis.call('HSET', KEYS[2], ARGV[at], ARGV[at + 2])
                redis.call('ZADD', KEYS[3], ARGV[at + 1], ARGV[at])
              elseif redis.call('HSETNX', KEYS[2], ARGV[at], ARGV[at + 2]) == 1 then
                redis.call('ZADD', KEYS[3], ARGV[at + 1], ARGV[at])
              end
              local ticks = tonumber(ARGV[at + 4])
              if ticks > 0 then
                local history = KEYS[3 + i]
                local pushed = redis.pcall('RPUSH', history, unpack(ARGV, at + 5, at + 4 + ticks))
                if type(pushed) == 'table' then
                  redis.call('DEL', history)
                  bad = bad + 1
                  redis.call('RPUSH', history, unpack(ARGV, at + 5, at + 4 + ticks))
                end
                redis.call('LTRIM', history, -256, -1)
                redis.call('PEXPIRE', history, expiry)
              end
              at = at + 5 + ticks
            end
            local over = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now - expiry, 'LIMIT', 0, 100)
            if #over > 0 then
              redis.call('HDEL', KEYS[2], unpack(over))
              redis.call('ZREM', KEYS[3], unpack(over))
            end
            redis.call('PEXPIRE', KEYS[2], expiry)
            redis.call('PEXPIRE', KEYS[3], expiry)
            return {1, e, n, bad}
            """;

    /**
     * Reads a page of newest values, the freshest first. Keys: writer, newest, index. Arguments: from, to, the most bytes
     * of a value. Answers the writer's mark, how many topics the page had, how many values were too large, and the others.
     */
    static final String READ = """
            local topics = redis.call('ZREVRANGE', KEYS[3], ARGV[1], ARGV[2])
            local answer = {redis.call('GETRANGE', KEYS[1], 0, 63), #topics, 0}
            for _, topic in ipairs(topics) do
              if redis.call('HSTRLEN', KEYS[2], topic) <= tonumber(ARGV[3]) then
                answer[#answer + 1] = redis.call('HGET', KEYS[2], topic) or ''
              else
                answer[3] = answer[3] + 1
              end
            end
            return answer
            """;

    /** Reads histories, oldest first. Keys: histories. Argument: the most bytes of a tick. Answers a list for each. */
    static final String HISTORY = """
            local answer = {}
            for i, key in ipairs(KEYS) do
              local kept = {}
              local ticks = redis.pcall('LRANGE', key, -256, -1)
              for _, tick in ipairs(ticks) do
                if #tick <= tonumber(ARGV[1]) then
                  kept[#kept + 1] = tick
                end
              end
              answer[i] = kept
            end
            return answer
            """;

    /**
     * Enters what is later than what is there. Key: ledger. Arguments: the highest version that can be, then pairs of key and
     * entry, as {@link LedgerStore} writes them. Answers 1 if the ledger was not there, or was not ours.
     */
    static final String ENTER = """
            local is = redis.call('TYPE', KEYS[1]).ok
            if is ~= 'hash' and is ~= 'none' then
              redis.call('DEL', KEYS[1])
            end
            local function parse(entry)
              local version, by = string.match(entry, '^1 (%d+) [+-] (.*)$')
              return tonumber(version or -1), by or ''
            end
            local most = tonumber(ARGV[1])
            for i = 2, #ARGV, 2 do
              local there = redis.call('HGET', KEYS[1], ARGV[i])
              local version, by = parse(ARGV[i + 1])
              local before, whose = parse(there or '')
              if before > most or version > before or (version == before and by > whose) then
                redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
              end
            end
            return redis.call('HSETNX', KEYS[1], '', 'tickmesh')
            """;

    /** Reads a page of the ledger. Key: ledger. Arguments: cursor, the most bytes of an entry. */
    static final String PAGE = """
            local page = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', 1000)
            local answer = {page[1]}
            for i = 1, #page[2], 2 do
              if #page[2][i] + #page[2][i + 1] <= tonumber(ARGV[2]) then
                answer[#answer + 1] = page[2][i]
                answer[#answer + 1] = page[2][i + 1]
              end
            end
            return answer
            """;

    private Scripts() {}
}
