package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.UpstreamConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One feed's connections to its provider's REST side. It lives on one event loop, and does not decide when to ask: it keeps
 * no queue and repeats nothing.
 */
final class RestClient {
    private static final int MOST_CONNECTIONS = 4;
    private static final int MOST_WAITING = 16;
    private static final int IDLE_SECONDS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final Vertx vertx;
    private final FeedConfig feed;
    private final int connectMillis;
    private final Duration bound;
    private @Nullable Future<HttpClient> client;
    private boolean closed;

    RestClient(Vertx vertx, FeedConfig feed, UpstreamConfig timing) {
        this(vertx, feed, timing.connectTimeout(), timing.connectTimeout().plus(PATIENCE));
    }

    /** A call takes {@code bound} at most, from the waiting for a connection to the last byte of the answer. */
    RestClient(Vertx vertx, FeedConfig feed, Duration connectTimeout, Duration bound) {
        this.vertx = vertx;
        this.feed = feed;
        this.connectMillis = (int) connectTimeout.toMillis();
        this.bound = bound;
    }

    /** Fails in words that name neither the call's query, nor what its headers and its body hold. */
    Future<RestReply> call(RestCall call) {
        if (closed) {
            return Future.failedFuture("given up");
        }
        RequestOptions target;
        try {
            target = target(call);
        } catch (IllegalArgumentException | URISyntaxException e) {
            // Not the exception's own text: it may repeat what is secret.
            return Future.failedFuture("the rest_url of feed " + feed.id() + " and " + call.method()
                    + " make no http:// or https:// request");
        }
        Future<HttpClient> ready = client();
        RestExchange exchange = new RestExchange(vertx, bound, call.body());
        ready.onComplete(
                opened -> exchange.begin(opened.request(target)),
                failure -> exchange.onNotConnected(UpstreamFault.words(failure)));
        return exchange.reply().onFailure(failure -> {
            if (!exchange.connected()) {
                renew(ready);
            }
        });
    }

    private RequestOptions target(RestCall call) throws URISyntaxException {
        URI base = new URI(feed.restUrl());
        String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
        @Nullable String host = base.getHost();
        if (!SCHEMES.contains(scheme) || host == null) {
            throw new IllegalArgumentException(scheme);
        }
        boolean ssl = scheme.equals("https");
        RequestOptions target = new RequestOptions()
                .setMethod(HttpMethod.valueOf(call.method()))
                .setSsl(ssl)
                .setHost(host)
                .setPort(base.getPort() >= 0 ? base.getPort() : ssl ? 443 : 80)
                .setURI(new URI(withoutSlash(base.getRawPath()) + call.path()).toString())
                .setConnectTimeout(connectMillis);
        call.headers().forEach(target::addHeader);
        return target;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private Future<HttpClient> client() {
        if (client == null) {
            PoolOptions pool =
                    new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS).setMaxWaitQueueSize(MOST_WAITING);
            client = options().map(options -> vertx.createHttpClient(options, pool));
        }
        return client;
    }

    private Future<HttpClientOptions> options() {
        HttpClientOptions options = new HttpClientOptions()
                .setVerifyHost(true)
                .setKeepAlive(true)
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setConnectTimeout(connectMillis)
                .setSslHandshakeTimeout(connectMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        @Nullable String caFile = feed.caFile();
        if (caFile == null || !feed.restUrl().toLowerCase(Locale.ROOT).startsWith("https:")) {
            return Future.succeededFuture(options);
        }
        return ExtraTrust.from(vertx, caFile).map(options::setTrustOptions);
    }

    /** After a connect that failed, a changed certificate file counts at the next one. */
    private void renew(Future<HttpClient> failed) {
        if (client == failed && feed.caFile() != null) {
            client = null;
            failed.onSuccess(old -> old.shutdown(bound.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    /** Ends what is under way: its calls fail. */
    Future<Void> close() {
        closed = true;
        Future<HttpClient> opened = client;
        client = null;
        return opened == null
                ? Future.succeededFuture()
                : opened.compose(HttpClient::close, none -> Future.succeededFuture());
    }
}
