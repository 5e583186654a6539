package io.tickmesh.upstream.fmp;

import io.tickmesh.config.Secret;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.FeedProtocol;
import io.tickmesh.upstream.Provider;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Financial Modeling Prep, generation A: one ticker carries the trades and the quotes of an instrument. */
public final class Fmp implements Provider {
    static final String NAME = "fmp";

    private static final String API_KEY = "api_key";
    private static final int CODES_PER_FRAME = 100;

    /** Two below the ten that a connection is assumed to be allowed. */
    private static final int CONTROL_FRAMES_PER_SECOND = 8;

    private final FmpSymbology symbology = new FmpSymbology();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean configured(Map<String, Secret> credentials) {
        return credentials.containsKey(API_KEY);
    }

    @Override
    public String notConfigured() {
        return "FMP API Key not configured";
    }

    @Override
    public FeedProtocol protocol(Map<String, Secret> credentials) {
        @Nullable Secret key = credentials.get(API_KEY);
        if (key == null) {
            throw new IllegalStateException(notConfigured());
        }
        return new FmpProtocol(key);
    }

    @Override
    public String codeOf(Topic topic) {
        symbology.requireOffered(topic);
        return topic.instrument().symbol();
    }

    @Override
    public int codesPerFrame() {
        return CODES_PER_FRAME;
    }

    @Override
    public int controlFramesPerSecond() {
        return CONTROL_FRAMES_PER_SECOND;
    }
}
