package io.tickmesh.metrics;

import java.util.List;

/** Everything that is counted. Names are a contract with dashboards: append, never rename. */
public enum Count {
    UPSTREAM_FRAMES("tickmesh_upstream_frames", "Frames read from upstream sockets", "pool"),
    UPSTREAM_BAD_FRAMES("tickmesh_upstream_bad_frames", "Upstream frames that made no sense and were dropped", "pool"),
    UPSTREAM_TICKS("tickmesh_upstream_ticks", "Ticks decoded, numbered and sent out by the owner", "pool"),
    UPSTREAM_UNWANTED("tickmesh_upstream_unwanted", "Upstream data for symbols that nobody holds", "pool"),
    UPSTREAM_CONNECTS("tickmesh_upstream_connects", "Connects tried to the provider", "pool"),
    UPSTREAM_CLOSES("tickmesh_upstream_closes", "Upstream sessions that ended, by cause", "pool", "cause"),
    UPSTREAM_REFUSALS("tickmesh_upstream_refusals", "Requests that the provider refused", "pool"),
    UPSTREAM_ACK_TIMEOUTS("tickmesh_upstream_ack_timeouts", "Requests that the provider never answered", "pool"),
    UPSTREAM_UNKNOWN_FRAMES("tickmesh_upstream_unknown_frames", "Upstream frames of a sort that is not known", "pool"),
    UPSTREAM_LATE("tickmesh_upstream_late", "Upstream data dropped because its topic already showed newer", "pool"),
    UPSTREAM_RESTAMPED(
            "tickmesh_upstream_restamped", "Ticks without a usable provider time, stamped by their receipt", "pool"),
    UPSTREAM_ORPHAN_BREAKS(
            "tickmesh_upstream_orphan_breaks", "Trade breaks dropped because no trade was seen before", "pool"),
    UPSTREAM_LEASES_LOST("tickmesh_upstream_leases_lost", "Times that a lease ran out while it was in use", "pool"),
    UPSTREAM_REPEATED("tickmesh_upstream_repeated", "Upstream trades that came twice and were dropped", "pool"),
    REST_CALLS("tickmesh_rest_calls", "Calls to the REST side of the provider for values", "pool"),
    REST_TOO_FAST("tickmesh_rest_too_fast", "REST calls that the provider refused as too many", "pool"),
    REST_FAILURES("tickmesh_rest_failures", "REST calls that brought no value", "pool"),
    LINK_BATCHES("tickmesh_link_batches", "Batches of events sent to nodes, this one among them", "pool"),
    LINK_CONFLATED(
            "tickmesh_link_conflated",
            "Ticks that a newer one replaced while a node had too many unacknowledged",
            "pool"),
    LINK_REFRESHES("tickmesh_link_refreshes", "Times that a node missed batches and was told everything again", "pool"),
    INTEREST_ASKS("tickmesh_interest_asks", "Times that a node was asked for its whole interest", "pool"),
    INTEREST_MISDIRECTED(
            "tickmesh_interest_misdirected", "Interest dropped because its pool has no owner on this node"),
    INTEREST_UNKNOWN_PINS(
            "tickmesh_interest_unknown_pins", "Pins of the ledger passed over because they name no topic known here"),
    BUS_REFUSED("tickmesh_bus_refused", "Messages from other nodes that could not be read or are not known here"),
    CACHE_STALE_EPOCH("tickmesh_cache_stale_epoch", "Events dropped because their epoch is over", "pool"),
    CACHE_MISSED_BATCHES("tickmesh_cache_missed_batches", "Batches from an owner that never arrived", "pool"),
    CACHE_AGED_BATCHES("tickmesh_cache_aged_batches", "Batches dropped because they arrived too late", "pool"),
    CACHE_OLD_TICKS("tickmesh_cache_old_ticks", "Ticks dropped because a newer one was there", "pool"),
    CACHE_LOST_TICKS("tickmesh_cache_lost_ticks", "Ticks that never arrived, seen by a jump of their number", "pool"),
    ADMIN_COMMANDS("tickmesh_admin_commands", "Commands of operators, by their outcome", "command", "status"),
    CLIENT_OPENED("tickmesh_client_opened", "Client sessions opened", "dialect"),
    CLIENT_CLOSED("tickmesh_client_closed", "Client sessions closed, by cause", "dialect", "cause"),
    CLIENT_REQUESTS("tickmesh_client_requests", "Requests from clients", "dialect"),
    CLIENT_BAD_REQUESTS("tickmesh_client_bad_requests", "Requests from clients that were refused", "dialect"),
    CLIENT_FRAMES_ENCODED("tickmesh_client_frames_encoded", "Frames encoded, each shared by its audience", "dialect"),
    CLIENT_DELIVERIES("tickmesh_client_deliveries", "Ticks written to client sockets", "dialect"),
    CLIENT_CONFLATED("tickmesh_client_conflated", "Ticks that a newer one replaced in a waiting queue", "dialect"),
    CLIENT_FLUSHES("tickmesh_client_flushes", "Flushes of client sockets", "dialect"),
    CHANNEL_ADMITTED("tickmesh_channel_admitted", "Clients of the channel service let in"),
    CHANNEL_SENT("tickmesh_channel_sent", "Messages of the channel service written to its clients"),
    CHANNEL_ERRORS("tickmesh_channel_errors", "Requests to the channel service that failed or were refused"),
    CHANNEL_LOST("tickmesh_channel_lost", "Deliveries to a node that did not take them"),
    CHANNEL_PUBLISHED("tickmesh_channel_published", "Messages to channels published to Redis"),
    CHANNEL_UNPUBLISHED("tickmesh_channel_unpublished", "Messages to channels that did not get to Redis"),
    CHANNEL_FOREIGN("tickmesh_channel_foreign", "Messages of other systems taken from Redis"),
    CHANNEL_FOREIGN_REFUSED("tickmesh_channel_foreign_refused", "Messages from Redis that were refused"),
    CHANNEL_HISTORY("tickmesh_channel_history", "Messages of channels written to Redis"),
    CHANNEL_HISTORY_SKIPPED(
            "tickmesh_channel_history_skipped",
            "Messages of channels that never reached Redis, because it was away or too slow"),
    CHANNEL_OFFLINE_STORED("tickmesh_channel_offline_stored", "Messages stored for users who were not connected"),
    CHANNEL_OFFLINE_DELIVERED("tickmesh_channel_offline_delivered", "Stored messages handed to users who came back"),
    CHANNEL_OFFLINE_DROPPED(
            "tickmesh_channel_offline_dropped",
            "Messages for users who were not connected that could not be stored, or had to go for newer ones"),
    REDIS_CONNECTS("tickmesh_redis_connects", "Connects tried to Redis"),
    REDIS_FAILURES("tickmesh_redis_failures", "Commands to Redis that failed, by cause", "cause"),
    REDIS_VALUES("tickmesh_redis_values", "Newest values written to Redis", "pool"),
    REDIS_HISTORY("tickmesh_redis_history", "Ticks appended to the short histories in Redis", "pool"),
    REDIS_SKIPPED(
            "tickmesh_redis_skipped",
            "Ticks that never reached the histories in Redis, because it was away or too slow",
            "pool"),
    REDIS_REWRITES("tickmesh_redis_rewrites", "Times that Redis had lost what it knew, and was told all again", "what"),
    REDIS_FENCED("tickmesh_redis_fenced", "Writes that Redis refused because a later one was there", "pool"),
    REDIS_BAD("tickmesh_redis_bad", "Things read from Redis that made no sense and were passed over", "what");

    private final String metric;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so
    private final List<String> labels;

    Count(String metric, String help, String... labels) {
        this.metric = metric;
        this.help = help;
        this.labels = List.of(labels);
    }

    String metric() {
        return metric;
    }

    String help() {
        return help;
    }

    List<String> labels() {
        return labels;
    }
}
