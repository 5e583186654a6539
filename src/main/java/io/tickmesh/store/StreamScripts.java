package io.tickmesh.store;

/** What Redis does with streams in one step; sent whole each time, like {@link Scripts}. Each has one key. */
final class StreamScripts {
    /**
     * Appends messages of a channel by their numbers, unless something is missing before them.
     *
     * <p>Key: the stream. Arguments: the highest number that can be, the number that these follow, how many to keep, expiry,
     * the number that the channel ended at or 0, then pairs of number and text. Answers whether it was done, the highest
     * number there, and how many keys were not ours.
     */
    static final String WRITE = """
            local key, bad, last = KEYS[1], 0, 0
            local is = redis.call('TYPE', key).ok
            if is == 'stream' then
              local about = redis.call('XINFO', 'STREAM', key)
              for i = 1, #about, 2 do
                if about[i] == 'last-generated-id' then
                  last = tonumber(string.match(about[i + 1], '^%d+'))
                end
              end
            end
            if (is ~= 'stream' and is ~= 'none') or last > tonumber(ARGV[1]) then
              redis.call('DEL', key)
              bad, last = 1, 0
            end
            if last < tonumber(ARGV[2]) then
              return {0, last, bad}
            end
            for i = 6, #ARGV, 2 do
              local number = tonumber(ARGV[i])
              if number > last then
                redis.call('XADD', key, 'MAXLEN', '~', ARGV[3], ARGV[i] .. '-0', '1', ARGV[i + 1])
                last = number
              end
            end
            local ended = tonumber(ARGV[5])
            if ended > 0 and ended >= last then
              redis.pcall('XADD', key, ARGV[5] .. '-1', 'end', '')
            end
            redis.call('PEXPIRE', key, ARGV[4])
            return {1, last, bad}
            """;

    /**
     * Reads the newest messages of a channel, and takes the mark away that says that they are all there were.
     *
     * <p>Key: the stream. Arguments: the highest number that can be, how many, the most bytes of a message. Answers the
     * highest number that was there, whether it was the last of all, how many things were not ours, then pairs of number and
     * text, the newest first.
     */
    static final String READ = """
            local key = KEYS[1]
            local is = redis.call('TYPE', key).ok
            if is == 'none' then
              return {0, 0, 0}
            end
            if is ~= 'stream' then
              return {0, 0, 1}
            end
            local answer = {0, 0, 0}
            local about = redis.call('XINFO', 'STREAM', key)
            for i = 1, #about, 2 do
              if about[i] == 'last-generated-id' then
                answer[1] = tonumber(string.match(about[i + 1], '^%d+'))
              end
            end
            if answer[1] > tonumber(ARGV[1]) then
              return {0, 0, 1}
            end
            local newest = redis.call('XREVRANGE', key, '+', '-', 'COUNT', 1)[1]
            if newest and newest[2][1] == 'end' then
              redis.call('XDEL', key, newest[1])
              if newest[1] == string.format('%.0f', answer[1]) .. '-1' then
                answer[2] = 1
              end
            end
            for _, entry in ipairs(redis.call('XREVRANGE', key, '+', '-', 'COUNT', ARGV[2])) do
              local number = string.match(entry[1], '^(%d+)-0$')
              local fields = entry[2]
              if number and #fields == 2 and fields[1] == '1' and #fields[2] <= tonumber(ARGV[3]) then
                answer[#answer + 1] = number
                answer[#answer + 1] = fields[2]
              elseif fields[1] ~= 'end' then
                answer[3] = answer[3] + 1
              end
            end
            return answer
            """;

    /**
     * Stores a message for a user.
     *
     * <p>Key: the stream. Arguments: how many to keep, expiry, text. Answers how many had to go for it, and how many keys
     * were not ours.
     */
    static final String LEAVE = """
            local key, bad = KEYS[1], 0
            local is = redis.call('TYPE', key).ok
            if is ~= 'stream' and is ~= 'none' then
              redis.call('DEL', key)
              bad = 1
            end
            local added = redis.pcall('XADD', key, '*', '1', ARGV[3])
            if type(added) == 'table' and not string.find(added.err, 'exhausted') then
              return added
            elseif type(added) == 'table' then
              redis.call('DEL', key)
              bad = bad + 1
              redis.call('XADD', key, '*', '1', ARGV[3])
            end
            local gone = redis.call('XTRIM', key, 'MAXLEN', ARGV[1])
            redis.call('PEXPIRE', key, ARGV[2])
            return {gone, bad}
            """;

    /**
     * Reads the oldest messages stored for a user; what is too old, or none of ours, goes.
     *
     * <p>Key: the stream. Arguments: how many, expiry, the most bytes of a message. Answers how many things were not ours,
     * then pairs of id and text.
     */
    static final String FETCH = """
            local key = KEYS[1]
            local is = redis.call('TYPE', key).ok
            if is == 'none' then
              return {0}
            end
            if is ~= 'stream' then
              redis.call('DEL', key)
              return {1}
            end
            local time = redis.call('TIME')
            local oldest = time[1] * 1000 + math.floor(time[2] / 1000) - tonumber(ARGV[2])
            local answer = {0}
            for _, entry in ipairs(redis.call('XRANGE', key, '-', '+', 'COUNT', 2000)) do
              if #answer > 2 * tonumber(ARGV[1]) then
                break
              end
              local fields = entry[2]
              local bad = #fields ~= 2 or fields[1] ~= '1' or #fields[2] > tonumber(ARGV[3])
              if bad or tonumber(string.match(entry[1], '^%d+')) < oldest then
                redis.call('XDEL', key, entry[1])
                answer[1] = answer[1] + (bad and 1 or 0)
              else
                answer[#answer + 1] = entry[1]
                answer[#answer + 1] = fields[2]
              end
            end
            return answer
            """;

    private StreamScripts() {}
}
