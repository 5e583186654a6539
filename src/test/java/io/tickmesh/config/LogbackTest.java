package io.tickmesh.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

final class LogbackTest {
    private static LoggerContext configured(Map<String, String> properties) throws JoranException {
        LoggerContext context = new LoggerContext();
        properties.forEach(context::putProperty);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(LogbackTest.class.getResource("/logback.xml")));
        return context;
    }

    private static ConsoleAppender<ILoggingEvent> appender(LoggerContext context) {
        return (ConsoleAppender<ILoggingEvent>)
                context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("stderr");
    }

    private static String line(LoggerContext context, String message, KeyValuePair... pairs) {
        Logger logger = context.getLogger("io.tickmesh.upstream.Session");
        LoggingEvent event = new LoggingEvent("", logger, Level.WARN, message, null, null);
        event.setTimeStamp(1_790_000_000_123L);
        event.setKeyValuePairs(Arrays.asList(pairs));
        return new String(appender(context).getEncoder().encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void shouldWriteLinesForPeopleByDefault() throws JoranException {
        LoggerContext context = configured(Map.of());

        assertThat(line(context, "feed is up", new KeyValuePair("feed", "fmp"), new KeyValuePair("n", 3)))
                .matches(
                        "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.123 WARN  Session feed is up feed=\"fmp\" n=\"3\"\\R");
        assertThat(context.getLogger("io.tickmesh.a").getEffectiveLevel()).isEqualTo(Level.INFO);
        assertThat(appender(context).getTarget()).isEqualTo("System.err");
    }

    @Test
    void shouldKeepTextFromOutsideOnOneLine() throws JoranException {
        assertThat(line(configured(Map.of()), "refused", new KeyValuePair("text", "a\r\nb\nc"))
                        .strip()
                        .lines())
                .hasSize(1);
    }

    @Test
    void shouldWriteOneObjectALineForMachines() throws JoranException {
        LoggerContext context = configured(Map.of("tickmesh.log.format", "json"));

        String line = line(context, "feed is up", new KeyValuePair("feed", "f\"\nmp"));

        assertThat(line.strip().lines()).hasSize(1);
        JsonObject object = new JsonObject(line);
        assertThat(object.getLong("timestamp")).isEqualTo(1_790_000_000_123L);
        assertThat(object.getString("level")).isEqualTo("WARN");
        assertThat(object.getString("loggerName")).isEqualTo("io.tickmesh.upstream.Session");
        assertThat(object.getString("formattedMessage")).isEqualTo("feed is up");
        assertThat(object.getJsonArray("kvpList").getJsonObject(0).getString("feed"))
                .isEqualTo("f\"\nmp");
        assertThat(appender(context).getTarget()).isEqualTo("System.err");
    }

    @Test
    void shouldTakeTheLevelAndKeepLibrariesQuiet() throws JoranException {
        LoggerContext context = configured(Map.of("tickmesh.log.level", "debug"));

        assertThat(context.getLogger("io.tickmesh.a").getEffectiveLevel()).isEqualTo(Level.DEBUG);
        for (String library : List.of("io.netty.a", "io.vertx.a", "com.hazelcast.a")) {
            assertThat(context.getLogger(library).getEffectiveLevel()).isEqualTo(Level.WARN);
        }
    }

    @Test
    void shouldStartWithoutComplaints() throws JoranException {
        for (String format : List.of("human", "json")) {
            LoggerContext context = configured(Map.of("tickmesh.log.format", format));

            assertThat(context.getStatusManager().getCopyOfStatusList())
                    .filteredOn(status -> status.getLevel() > Status.INFO)
                    .isEmpty();
        }
    }
}
