package io.tickmesh.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis server, a Sentinel or a node of a Redis Cluster listens, and who asks. Prints with its password masked.
 *
 * @param tls whether the address was {@code rediss://}
 * @param database 0 where the address names none
 */
public record RedisEndpoint(
        boolean tls,
        String host,
        int port,
        int database,
        @Nullable String user,
        @Nullable Secret password) {
    private static final int USUAL_PORT = 6_379;
    private static final int MOST_DATABASES = 65_536;
    private static final int LONGEST = 1_000;
    private static final String USER_PART = "((?<user>[^:@/?#\\s,]*)(:(?<password>[^@/?#\\s,]*))?@)?";
    private static final String HOST_PART = "(?<host>[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+])";
    private static final Pattern FORM = Pattern.compile(
            "redis(?<tls>s)?://" + USER_PART + HOST_PART + "(:(?<port>[0-9]{1,5}))?(/(?<database>[0-9]{0,5}))?");

    static ValueType<RedisEndpoint> type() {
        return ValueType.scalar(
                "redis:// or rediss://, perhaps user:password@, a host, and perhaps :port and /database",
                RedisEndpoint::parse,
                RedisEndpoint::toString);
    }

    private static Optional<RedisEndpoint> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > LONGEST || !form.matches()) {
            return Optional.empty();
        }
        int port = number(form.group("port"), USUAL_PORT);
        int database = number(form.group("database"), 0);
        try {
            @Nullable String user = decoded(form.group("user"));
            @Nullable String password = decoded(form.group("password"));
            boolean sound = Types.isPort(port) && database < MOST_DATABASES && !"***".equals(password);
            return sound
                    ? Optional.of(new RedisEndpoint(
                            form.group("tls") != null,
                            form.group("host"),
                            port,
                            database,
                            user,
                            password == null ? null : new Secret(password)))
                    : Optional.empty();
        } catch (IllegalArgumentException notEncoded) {
            return Optional.empty();
        }
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null || digits.isEmpty() ? otherwise : Integer.parseInt(digits);
    }

    /** A plus stands for itself in an address. */
    private static @Nullable String decoded(@Nullable String text) {
        return text == null || text.isEmpty()
                ? null
                : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Whether both speak the same way, for the same user and database. */
    boolean isLike(RedisEndpoint other) {
        return new RedisEndpoint(tls, other.host, other.port, database, user, password).equals(other);
    }

    /** The address without user, password and database. */
    public String address() {
        return (tls ? "rediss://" : "redis://") + host + ':' + port;
    }

    @Override
    public String toString() {
        String who = (user == null ? "" : user) + (password == null ? "" : ":" + password);
        return (tls ? "rediss://" : "redis://")
                + (who.isEmpty() ? "" : who + '@')
                + host
                + ':'
                + port
                + (database == 0 ? "" : "/" + database);
    }
}
