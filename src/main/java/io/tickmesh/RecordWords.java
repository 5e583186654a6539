package io.tickmesh;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The words of a command line that belong to a recording. Each answer is what is wrong, or empty. */
final class RecordWords {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final List<String> names = new ArrayList<>();
    private List<String> topics = List.of();
    private Path file = Path.of("");
    private long seconds;
    private long frames;
    private String option = "";

    String add(String name) {
        names.add(name);
        return names.size() > 2 ? "record takes one FEED and one FILE" : "";
    }

    String topics(String text) {
        option = "--topics";
        topics = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(topic -> !topic.isEmpty())
                .toList();
        return topics.isEmpty() ? "--topics needs topics like trade/fmp:AAPL" : "";
    }

    String seconds(String text) {
        option = "--seconds";
        seconds = number(text);
        return seconds == 0 ? "--seconds needs a number from 1 to 999999999" : "";
    }

    String frames(String text) {
        option = "--frames";
        frames = number(text);
        return frames == 0 ? "--frames needs a number from 1 to 999999999" : "";
    }

    private static long number(String text) {
        return NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
    }

    /** What is wrong with the whole; {@code wanted} says whether the command is a recording. */
    String problem(boolean wanted) {
        if (!wanted) {
            return option.isEmpty() ? "" : option + " belongs to record";
        }
        if (names.size() < 2) {
            return "record needs a FEED and a FILE";
        }
        try {
            file = Path.of(names.get(1));
            return "";
        } catch (InvalidPathException e) {
            return "FILE is no path";
        }
    }

    /** To be called when there is no {@link #problem}. */
    RecordOrder order() {
        return new RecordOrder(names.get(0), file, topics, seconds, frames);
    }
}
