package io.tickmesh.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a configuration file, event by event, into settings. It looks only into sections that are known, so that what
 * stands under a wrong key, perhaps a secret, is never shown.
 */
final class YamlFile {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern FEED = Pattern.compile("feeds\\.([^.]*)(\\..+)?");
    /** Words of the parser that are followed by what stands in the file. */
    private static final Pattern TELLING =
            Pattern.compile("\\b(alias|anchor|handle|directive|tag)\\b.*", Pattern.DOTALL);

    private final String file;
    private final Iterator<Event> events;
    private final Collection<Problem> problems;
    private final Map<String, Integer> seen = new HashMap<>();
    private final List<Setting> settings = new ArrayList<>();
    private final Set<String> feedIds = new LinkedHashSet<>();
    private final KeyTable builtIn = KeyTable.ofBuiltInFeeds();

    private YamlFile(String file, Iterator<Event> events, Collection<Problem> problems) {
        this.file = file;
        this.events = events;
        this.problems = problems;
    }

    /** What stands in a file, and the feeds that it names. */
    record Content(List<Setting> settings, Set<String> feedIds, boolean whole) {
        static final Content NOTHING = new Content(List.of(), Set.of(), true);
        static final Content UNREADABLE = new Content(List.of(), Set.of(), false);
    }

    static Content read(String file, String text, Collection<Problem> problems) {
        LoadSettings settings = LoadSettings.builder().build();
        YamlFile reader =
                new YamlFile(file, new Parse(settings).parseString(text).iterator(), problems);
        try {
            reader.document();
            return new Content(reader.settings, reader.feedIds, true);
        } catch (MarkedYamlEngineException notYaml) {
            String what = TELLING.matcher(notYaml.getProblem()).replaceAll("$1");
            problems.add(new Problem(
                    "", reader.source(notYaml.getProblemMark()), "is not valid YAML: " + Quoted.name(what)));
        } catch (YamlEngineException notYaml) {
            problems.add(new Problem("", file, "is not valid YAML: it has characters that YAML does not allow"));
        }
        return new Content(reader.settings, reader.feedIds, false);
    }

    private void document() {
        events.next();
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            return;
        }
        Event root = events.next();
        if (root instanceof MappingStartEvent) {
            mapping("");
        } else if (!isNull(root)) {
            refuse("", root, "must hold sections of keys");
        }
        events.next();
        Event after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            problems.add(new Problem("", source(after), "holds more than one document"));
        }
    }

    private void mapping(String path) {
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            if (key instanceof ScalarEvent scalar) {
                String inner = path.isEmpty() ? scalar.getValue() : path + '.' + scalar.getValue();
                entry(inner, key, events.next());
            } else {
                refuse(path, key, "has a key that is not a plain text");
                skip(events.next());
            }
        }
    }

    private void entry(String path, Event keyEvent, Event value) {
        Key<?> key = keyOf(path);
        if (key == null && !isSection(path)) {
            refuse(Quoted.name(path), value, keyEvent, unknown(path));
            return;
        }
        Integer before = seen.putIfAbsent(path, lineOf(keyEvent));
        if (before != null) {
            refuse(path, value, keyEvent, "duplicate of line " + before);
        } else if (isShared(value)) {
            refuse(path, value, "anchors, aliases and tags are not supported");
        } else if (key == null) {
            section(path, value);
        } else {
            leaf(key, value);
        }
    }

    private void section(String path, Event value) {
        Matcher feed = FEED.matcher(path);
        if (feed.matches() && !FeedKeys.isBuiltIn(feed.group(1))) {
            feedIds.add(feed.group(1));
        }
        if (value instanceof MappingStartEvent) {
            mapping(path);
        } else if (!isNull(value)) {
            refuse(path, value, "must be a section of keys");
        }
    }

    private void leaf(Key<?> key, Event value) {
        Matcher feed = FEED.matcher(key.path());
        if (feed.matches() && !FeedKeys.isBuiltIn(feed.group(1))) {
            feedIds.add(feed.group(1));
        }
        if (value instanceof ScalarEvent scalar) {
            if (!isNull(value)) {
                settings.add(new Setting(key.path(), scalar.getValue(), source(value)));
            }
        } else if (value instanceof SequenceStartEvent && key.isList()) {
            list(key, value);
        } else {
            String form = value instanceof SequenceStartEvent ? "a list" : "a section";
            refuse(key.path(), value, "must be " + key.type().mustBe() + ", but is " + form);
        }
    }

    private void list(Key<?> key, Event start) {
        List<String> items = new ArrayList<>();
        boolean sound = true;
        for (Event item = events.next(); item.getEventId() != Event.ID.SequenceEnd; item = events.next()) {
            if (item instanceof ScalarEvent scalar
                    && !isShared(item)
                    && !scalar.getValue().contains(",")) {
                items.add(scalar.getValue());
            } else {
                sound = false;
                refuse(key.path(), item, "must be " + key.type().mustBe());
            }
        }
        if (sound) {
            settings.add(new Setting(key.path(), Types.listText(items), source(start)));
        }
    }

    private String unknown(String path) {
        Matcher feed = FEED.matcher(path);
        if (feed.matches() && !FeedKeys.ID.matcher(feed.group(1)).matches()) {
            return "the name of a feed must match " + FeedKeys.ID;
        }
        return "unknown key, the nearest known one is " + builtIn.nearestPath(path);
    }

    private @Nullable Key<?> keyOf(String path) {
        Key<?> known = builtIn.find(path);
        Matcher feed = FEED.matcher(path);
        if (known != null
                || !feed.matches()
                || !FeedKeys.ID.matcher(feed.group(1)).matches()) {
            return known;
        }
        return FeedKeys.of(feed.group(1)).find(path);
    }

    private boolean isSection(String path) {
        Matcher feed = FEED.matcher(path);
        return builtIn.isSection(path)
                || (feed.matches()
                        && feed.group(2) == null
                        && FeedKeys.ID.matcher(feed.group(1)).matches());
    }

    private static boolean isNull(Event value) {
        return value instanceof ScalarEvent scalar && scalar.isPlain() && NULLS.contains(scalar.getValue());
    }

    private static boolean isShared(Event value) {
        if (value instanceof ScalarEvent scalar && scalar.getTag().isPresent()) {
            return true;
        }
        if (value instanceof CollectionStartEvent start && start.getTag().isPresent()) {
            return true;
        }
        return value instanceof NodeEvent node && node.getAnchor().isPresent();
    }

    private void refuse(String path, Event value, String text) {
        refuse(path, value, value, text);
    }

    /** Reports where {@code at} stands and leaves out all that {@code value} holds. */
    private void refuse(String path, Event value, Event at, String text) {
        problems.add(new Problem(path, source(at), text));
        skip(value);
    }

    private void skip(Event value) {
        int depth = value instanceof CollectionStartEvent ? 1 : 0;
        while (depth > 0) {
            Event next = events.next();
            boolean ends = next.getEventId() == Event.ID.MappingEnd || next.getEventId() == Event.ID.SequenceEnd;
            depth += next instanceof CollectionStartEvent ? 1 : ends ? -1 : 0;
        }
    }

    private String source(Event event) {
        return source(event.getStartMark());
    }

    private String source(Optional<Mark> mark) {
        return file + mark.map(at -> " line " + (at.getLine() + 1)).orElse("");
    }

    private static int lineOf(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
