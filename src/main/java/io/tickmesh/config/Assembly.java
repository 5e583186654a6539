package io.tickmesh.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the records from checked values, and checks what one key alone cannot show. */
final class Assembly {
    private static final int MANAGEMENT_OFFSET = 1_000;

    private final Values values;
    private final Inputs inputs;
    private final Collection<Problem> problems;
    private final Collection<Problem> warnings;

    Assembly(Values values, Inputs inputs, Collection<Problem> problems, Collection<Problem> warnings) {
        this.values = values;
        this.inputs = inputs;
        this.problems = problems;
        this.warnings = warnings;
    }

    NodeConfig node(List<FeedKeys> feeds) {
        DoorConfig http = new DoorConfig(values.require(Keys.HTTP_HOST), values.require(Keys.HTTP_PORT));
        ManagementConfig management = new ManagementConfig(
                values.require(Keys.MANAGEMENT_HOST), managementPort(http.port()), values.get(Keys.MANAGEMENT_TOKEN));
        checkPorts(http, management);
        atMost(Keys.QUIET_WINDOW, Keys.QUIET_WINDOW_MOST, problems);
        atMost(Keys.BACKOFF_FIRST, Keys.BACKOFF_MOST, problems);
        atMost(Keys.CLIENT_PING, Keys.CLIENT_TIMEOUT, warnings);
        List<FeedConfig> made = new FeedAssembly(values, inputs.directory(), problems, warnings).feeds(feeds);
        return new NodeConfig(
                nodeName(http),
                http,
                management,
                new ClusterAssembly(values, inputs.directory(), problems, warnings).cluster(),
                upstream(),
                limits(),
                sim(),
                made,
                StockConfig.of(values.require(Keys.STOCK_OVERFLOW), values.require(Keys.STOCK_SUCCESS_IF_ANY), made),
                channels(http),
                new SecurityConfig(values.require(Keys.WILDCARDS)),
                new LogConfig(values.require(Keys.LOG_FORMAT), values.require(Keys.LOG_LEVEL)),
                holidays(),
                new RedisAssembly(values, inputs.directory(), problems).redis());
    }

    private int managementPort(int clientPort) {
        @Nullable Integer given = values.get(Keys.MANAGEMENT_PORT);
        if (given != null || clientPort == 0) {
            return given == null ? 0 : given;
        }
        int port = clientPort + MANAGEMENT_OFFSET;
        if (!Types.isPort(port) && values.sound(Keys.MANAGEMENT_PORT)) {
            problems.add(new Problem(
                    Keys.MANAGEMENT_PORT.path(), "", "must be given: http.port + 1000 is " + port + ", above 65535"));
        }
        return port;
    }

    /** Unlike among the nodes of one machine, and of several, whatever address the door listens on. */
    private String nodeName(DoorConfig http) {
        @Nullable String given = values.get(Keys.NODE_NAME);
        if (given != null) {
            return given;
        }
        boolean wildcard = ClusterAssembly.isWildcard(http.host());
        String host = wildcard ? values.require(Keys.CLUSTER_HOST) : http.host();
        String address = host.indexOf(':') < 0 ? host : '[' + host + ']';
        return address + ':' + (http.port() == 0 ? "0-" + inputs.pid() : http.port());
    }

    private void checkPorts(DoorConfig http, ManagementConfig management) {
        if (http.port() != 0
                && http.port() == management.port()
                && values.sound(Keys.HTTP_PORT, Keys.MANAGEMENT_PORT)) {
            problems.add(new Problem(
                    Keys.MANAGEMENT_PORT.path(),
                    values.source(Keys.MANAGEMENT_PORT),
                    "must not be http.port, but both are " + http.port()));
        }
    }

    private <T extends Comparable<T>> void atMost(Key<T> lesser, Key<T> greater, Collection<Problem> found) {
        if (values.sound(lesser, greater) && values.require(lesser).compareTo(values.require(greater)) > 0) {
            Key<T> given = values.setting(lesser).isPresent() ? lesser : greater;
            found.add(new Problem(
                    given.path(), values.source(given), lesser.path() + " must not be above " + greater.path()));
        }
    }

    private UpstreamConfig upstream() {
        return new UpstreamConfig(
                values.require(Keys.CONNECT_TIMEOUT),
                values.require(Keys.LOGIN_TIMEOUT),
                values.require(Keys.ACK_TIMEOUT),
                values.require(Keys.QUIET_WINDOW),
                values.require(Keys.QUIET_WINDOW_MOST),
                values.require(Keys.WATCHDOG),
                values.require(Keys.UPSTREAM_PING),
                values.require(Keys.BACKOFF_FIRST),
                values.require(Keys.BACKOFF_DOUBLINGS),
                values.require(Keys.BACKOFF_MOST),
                values.require(Keys.STABLE_AFTER),
                values.require(Keys.REFUSED_PAUSE));
    }

    private @Nullable Path holidays() {
        @Nullable String name = values.get(Keys.HOLIDAYS);
        if (name == null) {
            return null;
        }
        if (!FeedAssembly.isReadable(inputs.directory(), name)) {
            problems.add(new Problem(
                    Keys.HOLIDAYS.path(), values.source(Keys.HOLIDAYS), "cannot be read: " + Quoted.value(name)));
            return null;
        }
        return inputs.directory().resolve(name);
    }

    private LimitsConfig limits() {
        return new LimitsConfig(
                values.require(Keys.CONNECTIONS),
                values.require(Keys.MESSAGE_BYTES),
                values.require(Keys.BODY_BYTES),
                values.require(Keys.SYMBOLS_PER_REQUEST),
                values.require(Keys.TOPICS_PER_SESSION),
                values.require(Keys.MESSAGE_QUEUE_SIZE),
                values.require(Keys.SEND_BUFFER_BYTES),
                values.require(Keys.SLOW_CLIENT_AFTER),
                values.require(Keys.CLIENT_PING),
                values.require(Keys.CLIENT_TIMEOUT),
                values.require(Keys.LINGER),
                values.require(Keys.HISTORY_BYTES),
                values.require(Keys.CACHED_INSTRUMENTS),
                values.require(Keys.REQUESTS_PER_SECOND),
                values.require(Keys.COALESCE_ABOVE),
                values.require(Keys.COALESCE_WAIT));
    }

    private ChannelsConfig channels(DoorConfig http) {
        @Nullable Boolean requireAuth = values.get(Keys.CHANNELS_AUTH);
        return new ChannelsConfig(
                values.require(Keys.CHANNELS_CONNECTIONS),
                values.require(Keys.CHANNELS_MESSAGE_SIZE),
                values.require(Keys.CHANNELS_PING),
                values.require(Keys.CHANNELS_PONG),
                values.require(Keys.CHANNELS_HEARTBEAT),
                values.require(Keys.CHANNELS_TIMEOUT),
                values.require(Keys.CHANNELS_QUEUE),
                values.require(Keys.CHANNELS_BUFFER),
                values.require(Keys.CHANNELS_ORIGINS),
                requireAuth == null ? !isLoopback(http.host()) : requireAuth,
                values.require(Keys.CHANNELS_REPLACE),
                values.require(Keys.CHANNELS_RETRIES),
                values.require(Keys.CHANNELS_RETRY_TIMEOUT),
                values.require(Keys.CHANNELS_PER_CLIENT),
                values.require(Keys.CHANNELS_HISTORY_MESSAGES),
                values.require(Keys.CHANNELS_HISTORY_BYTES),
                values.require(Keys.CHANNELS_HISTORY_TOTAL),
                values.require(Keys.CHANNELS_OFFLINE_MESSAGES),
                values.require(Keys.CHANNELS_OFFLINE_EXPIRY),
                redisPrefix());
    }

    /** The contract's own sample of variables asks for Redis without saying where it is. */
    private @Nullable String redisPrefix() {
        if (!values.require(Keys.CHANNELS_REDIS)) {
            return null;
        }
        @Nullable List<RedisEndpoint> redis = values.get(Keys.REDIS_URL);
        if (redis == null || redis.isEmpty()) {
            warnings.add(new Problem(
                    Keys.CHANNELS_REDIS.path(), values.source(Keys.CHANNELS_REDIS), "has no effect without redis.url"));
            return null;
        }
        return values.require(Keys.REDIS_CHANNEL_PREFIX);
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    private SimConfig sim() {
        return new SimConfig(
                values.require(Keys.SIM_HOST),
                values.require(Keys.SIM_PORT),
                values.require(Keys.SIM_SEED),
                values.require(Keys.SIM_RATE),
                values.require(Keys.SIM_TURN));
    }
}
