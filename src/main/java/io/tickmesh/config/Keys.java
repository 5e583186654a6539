package io.tickmesh.config;

import static io.tickmesh.config.Quantities.bytes;
import static io.tickmesh.config.Quantities.duration;
import static io.tickmesh.config.Types.host;
import static io.tickmesh.config.Types.integer;
import static io.tickmesh.config.Types.list;
import static io.tickmesh.config.Types.member;
import static io.tickmesh.config.Types.oneOf;
import static io.tickmesh.config.Types.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every key except those of feeds, described once. */
final class Keys {
    private static final List<Key<?>> DESCRIBED = new ArrayList<>();
    private static final UpstreamConfig UPSTREAM = UpstreamConfig.DEFAULTS;
    private static final LimitsConfig LIMITS = LimitsConfig.DEFAULTS;
    private static final ChannelsConfig CHANNELS = ChannelsConfig.DEFAULTS;
    private static final ClusterConfig CLUSTER = ClusterConfig.DEFAULTS;

    static final Key<String> NODE_NAME =
            key("node.name", text(), null, "Name of this node among the others; empty: host:port of http.");

    static final Key<String> HTTP_HOST =
            key("http.host", host(), "127.0.0.1", "Address that clients connect to; 0.0.0.0 for all.");
    static final Key<Integer> HTTP_PORT =
            key("http.port", integer(0, 65_535), 8_000, "Port that clients connect to; 0 takes a free one.");

    static final Key<String> MANAGEMENT_HOST =
            key("management.host", host(), "127.0.0.1", "Address of health, metrics and operator routes.");
    static final Key<Integer> MANAGEMENT_PORT =
            key("management.port", integer(0, 65_535), null, "Port of the same; empty: http.port + 1000.");
    static final Key<Secret> MANAGEMENT_TOKEN = key(
            "management.token",
            Types.secret(),
            null,
            "What operators from other machines must show; empty: nobody may.");

    static final Key<String> CLUSTER_NAME =
            key("cluster.name", text(), CLUSTER.name(), "Nodes of another name are strangers.");
    static final Key<String> CLUSTER_HOST =
            key("cluster.host", host(), CLUSTER.host(), "Address that other nodes reach this one at.");
    static final Key<Integer> CLUSTER_PORT = key(
            "cluster.port",
            integer(1, 65_535),
            CLUSTER.port(),
            "First port that Hazelcast tries; taken ones are skipped upwards.");
    static final Key<Integer> CLUSTER_BUS_PORT = key(
            "cluster.bus_port", integer(0, 65_535), CLUSTER.busPort(), "Port of the event bus; 0 takes a free one.");
    static final Key<List<String>> CLUSTER_MEMBERS = key(
            "cluster.members",
            list(member()),
            null,
            "Where to look for other nodes; an empty list: stay alone; not given: cluster.host.");
    static final Key<List<String>> CLUSTER_VOTERS =
            key("cluster.voters", list(text()), CLUSTER.voters(), "Names of nodes that vote; empty: all live ones.");
    static final Key<String> CLUSTER_ARBITER = key(
            "cluster.arbiter",
            oneOf("cluster", "redis"),
            CLUSTER.arbiter(),
            "Who decides on ownership; redis needs redis.url.");
    static final Key<Boolean> KUBERNETES = key(
            "cluster.kubernetes",
            Types.flag(),
            CLUSTER.kubernetes().enabled(),
            "Find other nodes through the Kubernetes API instead of cluster.members.");
    static final Key<String> KUBERNETES_NAMESPACE = key(
            "cluster.kubernetes_namespace",
            host(),
            CLUSTER.kubernetes().namespace(),
            "Kubernetes namespace of the service.");
    static final Key<String> KUBERNETES_SERVICE = key(
            "cluster.kubernetes_service",
            host(),
            CLUSTER.kubernetes().service(),
            "Kubernetes service whose endpoints are the nodes.");

    static final Key<Secret> CLUSTER_SECRET =
            key("cluster.secret", Types.secret(), null, "Known to all nodes; who lacks it is a stranger to Hazelcast.");
    static final Key<String> TLS_CERTIFICATE =
            key("cluster.tls.certificate", text(), null, "PEM file: certificate of this node; TLS for the event bus.");
    static final Key<String> TLS_KEY =
            key("cluster.tls.key", text(), null, "PEM file: key of that certificate, in PKCS 8.");
    static final Key<String> TLS_CA = key(
            "cluster.tls.ca", text(), null, "PEM file: the authority that the certificates of all nodes come from.");

    static final Key<Duration> CONNECT_TIMEOUT = time(
            "upstream.connect_timeout", 100, UPSTREAM.connectTimeout(), "TCP, TLS and WebSocket upgrade together.");
    static final Key<Duration> LOGIN_TIMEOUT =
            time("upstream.login_timeout", 100, UPSTREAM.loginTimeout(), "Wait for the answer to a login.");
    static final Key<Duration> ACK_TIMEOUT = time(
            "upstream.ack_timeout", 100, UPSTREAM.ackTimeout(), "Wait for the answer to a subscribe or unsubscribe.");
    static final Key<Duration> QUIET_WINDOW = time(
            "upstream.quiet_window", 0, UPSTREAM.quietWindow(), "Changes wait so long for more and go out merged.");
    static final Key<Duration> QUIET_WINDOW_MOST =
            time("upstream.quiet_window_most", 0, UPSTREAM.quietWindowMost(), "Longest that changes wait for more.");
    static final Key<Duration> WATCHDOG = time(
            "upstream.watchdog", 1_000, UPSTREAM.watchdog(), "A provider that sends nothing for so long is given up.");
    static final Key<Duration> UPSTREAM_PING =
            time("upstream.ping_interval", 1_000, UPSTREAM.pingInterval(), "WebSocket pings to the provider.");
    static final Key<Duration> BACKOFF_FIRST = time(
            "upstream.backoff_first", 10, UPSTREAM.backoffFirst(), "Pause before the first reconnect; then doubled.");
    static final Key<Integer> BACKOFF_DOUBLINGS = key(
            "upstream.backoff_doublings",
            integer(0, 20),
            UPSTREAM.backoffDoublings(),
            "After so many doublings the pause is backoff_most.");
    static final Key<Duration> BACKOFF_MOST =
            time("upstream.backoff_most", 10, UPSTREAM.backoffMost(), "Pause between later reconnects, for ever.");
    static final Key<Duration> STABLE_AFTER = time(
            "upstream.stable_after", 10, UPSTREAM.stableAfter(), "A session that lasts so long clears the attempts.");
    static final Key<Duration> REFUSED_PAUSE = time(
            "upstream.refused_pause",
            10,
            UPSTREAM.refusedPause(),
            "Pause after a refused login or a login from elsewhere.");
    static final Key<String> HOLIDAYS = key(
            "upstream.holidays",
            text(),
            null,
            "YAML file: days on which markets are closed; empty: the built-in ones.");

    static final Key<Integer> CONNECTIONS =
            key("limits.connections", integer(1, 1_000_000), LIMITS.connections(), "Open client sockets per node.");
    static final Key<Integer> MESSAGE_BYTES = size(
            "limits.message_bytes", LIMITS.messageBytes(), "Largest message from a client; a larger one closes it.");
    static final Key<Integer> BODY_BYTES = size("limits.body_bytes", LIMITS.bodyBytes(), "Largest REST body.");
    static final Key<Integer> SYMBOLS_PER_REQUEST = key(
            "limits.symbols_per_request",
            integer(1, 1_000_000),
            LIMITS.symbolsPerRequest(),
            "Topics or symbols in one request.");
    static final Key<Integer> TOPICS_PER_SESSION = key(
            "limits.topics_per_session",
            integer(1, 1_000_000),
            LIMITS.topicsPerSession(),
            "Topics that one session may hold.");
    static final Key<Integer> MESSAGE_QUEUE_SIZE = key(
            "limits.message_queue_size",
            integer(1, 100_000),
            LIMITS.messageQueueSize(),
            "Answers and notices, queued, not conflated, that may wait before a slow client is closed.");
    static final Key<Integer> SEND_BUFFER_BYTES =
            size("limits.send_buffer_bytes", LIMITS.sendBufferBytes(), "Kernel send buffer of a client socket.");
    static final Key<Duration> SLOW_CLIENT_AFTER = time(
            "limits.slow_client_after",
            1_000,
            LIMITS.slowClientAfter(),
            "A client that takes nothing so long is closed.");
    static final Key<Duration> CLIENT_PING =
            time("limits.ping_interval", 1_000, LIMITS.pingInterval(), "WebSocket pings to clients.");
    static final Key<Duration> CLIENT_TIMEOUT = time(
            "limits.client_timeout", 1_000, LIMITS.clientTimeout(), "A client that sends nothing so long is closed.");
    static final Key<Duration> LINGER =
            time("limits.linger", 0, LIMITS.linger(), "A topic without holders is kept so long.");
    static final Key<Long> HISTORY_BYTES = key(
            "limits.history_bytes",
            bytes(0, 1L << 40),
            LIMITS.historyBytes(),
            "Bound of the short history of all topics of a node.");
    static final Key<Integer> CACHED_INSTRUMENTS = key(
            "limits.cached_topics",
            integer(1, 10_000_000),
            LIMITS.cachedTopics(),
            "Topics whose newest value is kept, the least recent going first.");
    static final Key<Integer> REQUESTS_PER_SECOND = key(
            "limits.requests_per_second",
            integer(1, 1_000_000),
            LIMITS.requestsPerSecond(),
            "Requests of one session, whatever its dialect; five times as many at once.");
    static final Key<Integer> COALESCE_ABOVE = key(
            "limits.coalesce_above",
            integer(1, 10_000_000),
            LIMITS.coalesceAbove(),
            "An event loop that would flush more often in a second lets ticks wait for more.");
    static final Key<Duration> COALESCE_WAIT = key(
            "limits.coalesce_wait",
            duration(Duration.ZERO, Duration.ofSeconds(1)),
            LIMITS.coalesceWait(),
            "The longest such wait; 0: none, however much there is.");

    static final Key<FeedConfig.Overflow> STOCK_OVERFLOW = key(
            "stock.overflow",
            oneOf(FeedConfig.Overflow.class),
            StockConfig.OVERFLOW,
            "What contract 2 says to a code that finds no slot: `reject`, or `fallback` over REST.");
    static final Key<Boolean> STOCK_SUCCESS_IF_ANY = key(
            "stock.success_if_any",
            Types.flag(),
            StockConfig.SUCCESS_IF_ANY,
            "Whether contract 2 calls it a success when only some codes of a request are accepted.");

    static final Key<Integer> CHANNELS_CONNECTIONS = key(
            "channels.max_connections",
            integer(1, 1_000_000),
            CHANNELS.maxConnections(),
            "Clients of the channel service per node.");
    static final Key<Integer> CHANNELS_MESSAGE_SIZE = size(
            "channels.max_message_size", CHANNELS.maxMessageSize(), "Largest message of a client of that service.");
    static final Key<Duration> CHANNELS_PING =
            time("channels.ping_interval", 1_000, CHANNELS.pingInterval(), "WebSocket pings to its clients.");
    static final Key<Duration> CHANNELS_PONG = time(
            "channels.ping_timeout",
            1_000,
            CHANNELS.pingTimeout(),
            "A client that leaves a ping unanswered is closed.");
    static final Key<Duration> CHANNELS_HEARTBEAT = time(
            "channels.heartbeat_interval", 100, CHANNELS.heartbeatInterval(), "Heartbeat messages to its clients.");
    static final Key<Duration> CHANNELS_TIMEOUT = time(
            "channels.connection_timeout",
            1_000,
            CHANNELS.connectionTimeout(),
            "A client without any activity for so long is closed.");
    static final Key<Integer> CHANNELS_QUEUE = key(
            "channels.message_queue_size",
            integer(1, 100_000),
            CHANNELS.messageQueueSize(),
            "Messages that may wait for a slow client before it is closed.");
    static final Key<Integer> CHANNELS_BUFFER = key(
            "channels.broadcast_buffer_size",
            integer(1, 1_000_000),
            CHANNELS.broadcastBufferSize(),
            "Sends that a node may have under way to other nodes.");
    static final Key<List<String>> CHANNELS_ORIGINS = key(
            "channels.allowed_origins",
            list(text()),
            CHANNELS.allowedOrigins(),
            "Origins of pages that may connect; * for all.");
    static final Key<Boolean> CHANNELS_AUTH = key(
            "channels.require_auth",
            Types.flag(),
            null,
            "Whether clients must name a user; empty: unless http.host is loopback.");
    static final Key<Boolean> CHANNELS_REDIS = key(
            "channels.use_redis_pubsub",
            Types.flag(),
            CHANNELS.redisPrefix() != null,
            "Whether channels reach other systems over Redis; needs redis.url.");
    static final Key<Boolean> CHANNELS_REPLACE = key(
            "channels.replace_old",
            Types.flag(),
            CHANNELS.replaceOld(),
            "A newcomer takes over a client id in use, instead of being refused.");
    static final Key<Integer> CHANNELS_RETRIES = key(
            "channels.max_retries",
            integer(0, 100),
            CHANNELS.maxRetries(),
            "Further tries of a send to a node that has gone.");
    static final Key<Duration> CHANNELS_RETRY_TIMEOUT =
            time("channels.retry_timeout", 100, CHANNELS.retryTimeout(), "How long such tries may go on.");
    static final Key<Integer> CHANNELS_PER_CLIENT = key(
            "channels.channels_per_client",
            integer(1, 1_000_000),
            CHANNELS.channelsPerClient(),
            "Channels that one client may subscribe to.");
    static final Key<Integer> CHANNELS_HISTORY_MESSAGES = key(
            "channels.history_messages",
            integer(0, 1_000_000),
            CHANNELS.historyMessages(),
            "Messages that are kept of one channel.");
    static final Key<Integer> CHANNELS_HISTORY_BYTES =
            size("channels.history_bytes", CHANNELS.historyBytes(), "Bytes that are kept of one channel.");
    static final Key<Long> CHANNELS_HISTORY_TOTAL = key(
            "channels.history_total_bytes",
            bytes(0, 1L << 40),
            CHANNELS.historyTotalBytes(),
            "Bytes that a node keeps of all channels, the least recently used going first.");
    static final Key<Integer> CHANNELS_OFFLINE_MESSAGES = key(
            "channels.offline_messages",
            integer(0, 1_000),
            CHANNELS.offlineMessages(),
            "Messages that wait in Redis for a user who is not connected; 0 for none.");
    static final Key<Duration> CHANNELS_OFFLINE_EXPIRY = key(
            "channels.offline_expiry",
            duration(Duration.ofSeconds(1), Duration.ofDays(365)),
            CHANNELS.offlineExpiry(),
            "How long a message for such a user is worth delivering.");
    static final Key<Boolean> WILDCARDS = key(
            "security.wildcards",
            Types.flag(),
            SecurityConfig.DEFAULTS.wildcards(),
            "Whether native clients may ask for all topics that a node holds of a provider.");

    static final Key<List<RedisEndpoint>> REDIS_URL = key(
            "redis.url",
            list(RedisEndpoint.type()),
            null,
            "Redis as memory that outlives the cluster, or its Sentinels; empty: none.");
    static final Key<RedisConfig.Mode> REDIS_MODE = key(
            "redis.mode",
            oneOf(RedisConfig.Mode.class),
            RedisConfig.Mode.STANDALONE,
            "What the addresses are of: one server, Sentinels, or nodes of a Redis Cluster.");
    static final Key<String> REDIS_SENTINEL_MASTER =
            key("redis.sentinel_master", text(), RedisConfig.SENTINEL_MASTER, "What the Sentinels call the master.");
    static final Key<Secret> REDIS_PASSWORD =
            key("redis.password", Types.secret(), null, "Password, where redis.url does not hold it.");
    static final Key<String> REDIS_CA = key(
            "redis.ca", text(), null, "PEM file: the authority of rediss:// servers; empty: those that Java trusts.");
    static final Key<Integer> REDIS_POOL_SIZE =
            key("redis.pool_size", integer(2, 64), RedisConfig.POOL_SIZE, "Connections of one node at most.");
    static final Key<Duration> REDIS_TIMEOUT =
            time("redis.timeout", 100, RedisConfig.TIMEOUT, "Longest wait for a connection, and for an answer.");
    static final Key<String> REDIS_KEY_PREFIX = key(
            "redis.key_prefix",
            Types.matching("letters, digits, dots, dashes, colons and underscores", Keys::isKeyPrefix),
            RedisConfig.KEY_PREFIX,
            "How every key begins; nodes of one cluster share it, and no others may.");
    static final Key<String> REDIS_CHANNEL_PREFIX = key(
            "redis.channel_prefix",
            Types.matching("letters, digits, dots, dashes, colons and underscores", Keys::isKeyPrefix),
            ChannelsConfig.REDIS_PREFIX,
            "How names of channels begin in Redis, before a colon.");
    static final Key<Duration> REDIS_EXPIRY = key(
            "redis.expiry",
            duration(Duration.ofMinutes(1), Duration.ofDays(365)),
            RedisConfig.EXPIRY,
            "Values that nobody writes anew are forgotten after so long; pins are kept.");
    static final Key<Duration> REDIS_WRITE_INTERVAL =
            time("redis.write_interval", 10, RedisConfig.WRITE_INTERVAL, "Pause between two writes of a pool.");

    static final Key<String> SIM_HOST =
            key("sim.host", host(), SimConfig.DEFAULTS.host(), "Address of the simulators.");
    static final Key<Integer> SIM_PORT = key(
            "sim.port",
            integer(0, 65_535),
            SimConfig.DEFAULTS.port(),
            "Port of `bin/tickmesh sim`; 0 takes a free one.");
    static final Key<Long> SIM_SEED = key(
            "sim.seed",
            Types.whole(Long.MIN_VALUE, Long.MAX_VALUE),
            SimConfig.DEFAULTS.seed(),
            "The same seed and second give the same prices.");
    static final Key<Double> SIM_RATE = key(
            "sim.ticks_per_second",
            Types.decimal(0, 10_000),
            SimConfig.DEFAULTS.ticksPerSecond(),
            "Simulated ticks per subscribed symbol.");
    static final Key<Duration> SIM_TURN = key(
            "sim.turn",
            duration(Duration.ofMillis(1), Duration.ofSeconds(1)),
            SimConfig.DEFAULTS.turn(),
            "Simulators send together what has become due in so long.");

    static final Key<LogConfig.Format> LOG_FORMAT =
            key("log.format", oneOf(LogConfig.Format.class), LogConfig.DEFAULTS.format(), "Lines for people or JSON.");
    static final Key<LogConfig.Level> LOG_LEVEL =
            key("log.level", oneOf(LogConfig.Level.class), LogConfig.DEFAULTS.level(), "Lowest level that is logged.");

    /** All of the above, in the order in which they are printed. */
    static final List<Key<?>> ALL = Collections.unmodifiableList(DESCRIBED);

    private Keys() {}

    private static <T> Key<T> key(String path, ValueType<T> type, @Nullable T fallback, String says) {
        Key<T> key = new Key<>(path, type, fallback, says);
        DESCRIBED.add(key);
        return key;
    }

    private static boolean isKeyPrefix(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");
    }

    private static Key<Duration> time(String path, int leastMillis, Duration fallback, String says) {
        return key(path, duration(Duration.ofMillis(leastMillis), Duration.ofHours(24)), fallback, says);
    }

    private static Key<Integer> size(String path, int fallback, String says) {
        return key(path, bytes(1_024, 1L << 30).as(Math::toIntExact, Integer::longValue), fallback, says);
    }
}
