package io.tickmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a tick costs however many hold its topic: the shape of it, not the speed, which is for the benchmarks. */
final class FanoutShapeTest extends HubFixture {
    private static final int SESSIONS = 200;
    private static final int TICKS = 50;

    /** Of a duplicate of a shared buffer, with some room; not of anything that grows with the tick. */
    private static final long MOST_BYTES = 64;

    private final Set<Long> encodings = new HashSet<>();
    private long written;
    private long flushes;
    private boolean looks = true;

    /** Counts what is written, and how often the bytes of it were made anew. */
    private final class Counting implements Transport {
        private final List<ByteBuf> unflushed = new ArrayList<>(8);

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void write(ByteBuf frame) {
            written++;
            unflushed.add(frame);
        }

        @Override
        public void flush() {
            flushes++;
            for (int i = 0; i < unflushed.size(); i++) {
                if (looks) {
                    note(unflushed.get(i));
                }
                unflushed.get(i).release();
            }
            unflushed.clear();
        }

        @Override
        public void ping() {}

        @Override
        public void close(CloseReason reason, String text) {
            throw new AssertionError("closed: " + text);
        }

        @Override
        public String remote() {
            return "test";
        }
    }

    /** Shares of one frame begin at one address. */
    private void note(ByteBuf frame) {
        encodings.add(frame.memoryAddress() + frame.readerIndex());
    }

    private void holdBy(String... requests) {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            Session session = open(stream, new Counting(), sessions);
            say(session, requests[i % requests.length]);
        }
        events(answer(1, 1, trade(1, 1)));
        forget();
    }

    private void forget() {
        encodings.clear();
        written = 0;
        flushes = 0;
    }

    @Test
    void shouldEncodeATickOncePerFormHoweverManyHoldIt() {
        holdBy(
                "{'type':'subscribe','topics':['trade/fmp:AAPL']}",
                "{'type':'subscribe','topics':['trade/fmp:AAPL'],'fields':['price']}",
                "{'type':'subscribe','topics':['trade/fmp:AAPL'],'fields':['price','size']}");

        events(trade(1, 2));

        assertThat(written).isEqualTo(SESSIONS);
        assertThat(encodings).hasSize(3);
    }

    @Test
    void shouldFlushASessionOnceForAllTicksOfATurn() {
        holdBy("{'type':'subscribe','topics':['trade/fmp:AAPL']}");

        events(trade(1, 2), trade(1, 3), trade(1, 4));

        assertThat(written).isEqualTo(3L * SESSIONS);
        assertThat(flushes).isEqualTo(SESSIONS);
    }

    @Test
    void shouldAllocateNothingPerDeliveryButTheShareOfTheFrame() {
        holdBy("{'type':'subscribe','topics':['trade/fmp:AAPL']}");
        looks = false;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long seq = deliver(2);
        forget();
        long before = threads.getCurrentThreadAllocatedBytes();

        deliver(seq);

        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(written).isEqualTo((long) TICKS * SESSIONS);
        assertThat(allocated / written).isLessThan(MOST_BYTES);
    }

    private long deliver(long from) {
        for (long seq = from; seq < from + TICKS; seq++) {
            events(trade(1, seq));
        }
        return from + TICKS;
    }
}
