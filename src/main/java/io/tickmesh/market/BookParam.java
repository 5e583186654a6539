package io.tickmesh.market;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * The parameter of a book's topic, {@code depth[.level]}: the first point parts the two, so that a level may have a point
 * of its own. {@code 15.10000} is fifteen lines a side, each of which gathers the orders of a step of 10000;
 * {@code 30.0.1} has steps of 0.1.
 *
 * @param depth the most lines a side; empty for as many as there are
 * @param level the step that prices are gathered in; empty where they are not
 */
public record BookParam(String depth, String level) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");

    /** What the topic of a book says. */
    public static BookParam of(Topic topic) {
        String param = topic.param();
        int dot = param.indexOf('.');
        return dot < 0 ? new BookParam(param, "") : new BookParam(param.substring(0, dot), param.substring(dot + 1));
    }

    /** Whether prices are gathered in steps. */
    public boolean isGrouped() {
        return !level.isEmpty();
    }

    /**
     * Makes sure that the level of a grouped book is written in the one way that there is: without zeros that say nothing,
     * and not at all where nothing is gathered.
     *
     * @throws IllegalArgumentException that names the topic to write instead
     */
    public void requireCanonicalLevel(Topic topic) {
        if (!NUMBER.matcher(level).matches()) {
            throw new IllegalArgumentException(
                    "the level of a book must be a number like 10000 or 0.1, not " + level + ": '" + topic + "'");
        }
        BigDecimal step = new BigDecimal(level);
        String param = step.signum() == 0
                ? depth
                : depth + '.' + step.stripTrailingZeros().toPlainString();
        if (!param.equals(topic.param())) {
            Topic meant = new Topic(topic.kind(), param, topic.instrument(), topic.venue());
            throw new IllegalArgumentException(
                    (step.signum() == 0 ? "a level of 0 groups nothing" : "a level has one form") + ", write '" + meant
                            + "': '" + topic + "'");
        }
    }
}
