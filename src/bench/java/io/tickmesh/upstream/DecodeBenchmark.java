package io.tickmesh.upstream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a frame costs: read by its codec, read and made a tick by the pool, or read in the plain way. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class DecodeBenchmark {
    @Param
    CapturedFrame frame = CapturedFrame.FMP_TRADE;

    private final CountedEvents events = new CountedEvents();
    private final JsonFactory jackson = new JsonFactory();
    private RisingFrame rising = frame.rising();
    private FeedProtocol protocol = protocol(frame);
    private HeldPool pool = new HeldPool(frame);
    private long now;

    /** Prepares what the frame needs, and sees that it means what it should. */
    @Setup
    public void prepare() {
        rising = frame.rising();
        protocol = protocol(frame);
        pool = new HeldPool(frame);
        now = frame.now();
        decode();
        if (events.readings == 0) {
            throw new IllegalStateException(frame + " means nothing");
        }
    }

    private static FeedProtocol protocol(CapturedFrame frame) {
        Secret secret = new Secret("made-up");
        Map<String, Secret> credentials = Map.of("api_key", secret);
        FeedConfig feed = new FeedConfig(
                "feed",
                frame.providerName(),
                "",
                FeedConfig.Mode.LIVE,
                "wss://example.org",
                "",
                40,
                FeedConfig.Overflow.FALLBACK,
                credentials,
                null);
        Provider provider = frame.provider();
        Access access = new Access(feed, Map.of("approval", secret, "access", secret));
        return provider.protocol(access, provider.links(feed).get(0));
    }

    /** The codec alone. */
    @Benchmark
    public long decode() {
        byte[] bytes = rising.next();
        protocol.decode(bytes, bytes.length, now, events);
        return events.sum;
    }

    /** The codec, the session, the pool and the tick. */
    @Benchmark
    public long decodeToTick() {
        pool.take(rising.next());
        return pool.ticks;
    }

    /** Jackson's tokens of the frame, none of them looked at; for KIS the fields as strings. */
    @Benchmark
    public int plain() throws IOException {
        byte[] bytes = rising.next();
        return bytes[0] == '{' ? tokens(bytes) : fields(bytes);
    }

    private int tokens(byte[] bytes) throws IOException {
        int tokens = 0;
        try (JsonParser parser = jackson.createParser(bytes)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    private static int fields(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).split("\\^", -1).length;
    }
}
