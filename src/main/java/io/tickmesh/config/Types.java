package io.tickmesh.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types of values that keys have, except times and sizes. */
final class Types {
    private static final int LONGEST_TEXT = 255;
    private static final String HOST =
            "([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)";
    private static final Pattern MEMBER =
            Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+])(:(?<port>[0-9]{1,5}))?");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,12})?");

    private Types() {}

    static ValueType<String> text() {
        return matching("a text of one line with at most " + LONGEST_TEXT + " characters", Types::isPlainLine);
    }

    static ValueType<String> host() {
        return matching("a host name or an IP address", Pattern.compile(HOST).asMatchPredicate());
    }

    static ValueType<String> member() {
        return matching("host or host:port", Types::isMember);
    }

    static ValueType<String> oneOf(String... allowed) {
        return ValueType.scalar(
                alternatives(List.of(allowed)),
                text -> Optional.of(text.toLowerCase(Locale.ROOT)).filter(List.of(allowed)::contains),
                UnaryOperator.identity());
    }

    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        Function<E, String> name = constant -> constant.name().toLowerCase(Locale.ROOT);
        List<E> constants = List.of(type.getEnumConstants());
        return ValueType.scalar(
                alternatives(constants.stream().map(name).toList()),
                text -> constants.stream()
                        .filter(constant -> name.apply(constant).equalsIgnoreCase(text))
                        .findFirst(),
                name);
    }

    static ValueType<Boolean> flag() {
        return oneOf("true", "false").as(Boolean::valueOf, String::valueOf);
    }

    static ValueType<Long> whole(long least, long most) {
        String mustBe = least == Long.MIN_VALUE ? "a whole number" : "a whole number from " + least + " to " + most;
        return ValueType.scalar(
                mustBe,
                text -> wholeNumber(text).filter(value -> value >= least && value <= most),
                value -> Long.toString(value));
    }

    static ValueType<Integer> integer(int least, int most) {
        return whole(least, most).as(Math::toIntExact, Integer::longValue);
    }

    static ValueType<Double> decimal(double least, double most) {
        return ValueType.scalar(
                "a number from " + number(least) + " to " + number(most),
                text -> Optional.of(text)
                        .filter(DECIMAL.asMatchPredicate())
                        .map(Double::valueOf)
                        .filter(value -> value >= least && value <= most),
                Types::number);
    }

    static <T> ValueType<List<T>> list(ValueType<T> item) {
        return new ValueType<>(
                ValueType.Shape.LIST,
                "a list, each of its items " + item.mustBe(),
                text -> {
                    List<Optional<T>> items =
                            items(text).stream().map(item.reader()).toList();
                    return items.stream().allMatch(Optional::isPresent)
                            ? Optional.of(
                                    items.stream().flatMap(Optional::stream).toList())
                            : Optional.empty();
                },
                values -> values.stream().map(item.writer()).collect(Collectors.joining(",")));
    }

    /** The mask itself is refused, so that a printed configuration cannot be taken for a real one. */
    static ValueType<Secret> secret() {
        return new ValueType<>(
                ValueType.Shape.SECRET,
                "a text without spaces, and not the mask ***",
                text -> Optional.of(text)
                        .filter(Types::isPlainLine)
                        .filter(value -> value.chars().noneMatch(Character::isWhitespace) && !value.equals("***"))
                        .map(Secret::new),
                Secret::toString);
    }

    static List<String> items(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** The text that {@link #items} takes apart again; an empty list is not the empty text, which means the default. */
    static String listText(List<String> items) {
        return items.isEmpty() ? "," : String.join(",", items);
    }

    static ValueType<String> matching(String mustBe, Predicate<String> test) {
        return ValueType.scalar(mustBe, text -> Optional.of(text).filter(test), UnaryOperator.identity());
    }

    private static boolean isPlainLine(String text) {
        return !text.isBlank() && text.length() <= LONGEST_TEXT && text.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isMember(String text) {
        var matcher = MEMBER.matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        String port = matcher.group("port");
        return port == null || isPort(Integer.parseInt(port));
    }

    static boolean isPort(int port) {
        return port >= 1 && port <= 65_535;
    }

    static Optional<Long> wholeNumber(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String alternatives(List<String> names) {
        String all = String.join(", ", names.subList(0, names.size() - 1));
        String last = names.get(names.size() - 1);
        return all.isEmpty() ? last : all + " or " + last;
    }
}
