package io.tickmesh.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns variables, of the environment or of an {@code .env} file, into settings. */
final class EnvironmentNames {
    static final String PREFIX = "TICKMESH_";

    /** Read by {@code bin/tickmesh} itself, from the environment only. */
    static final Set<String> OF_LAUNCHER =
            Set.of("TICKMESH_JAVA_HOME", "TICKMESH_JAVA_OPTS", "TICKMESH_JAVA_CLASS_PATH");

    /** What Kubernetes puts into each container for a service named {@code tickmesh} or {@code tickmesh-...}. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile(PREFIX + "(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_.+)?)");

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private final KeyTable table;
    private final Collection<Problem> problems;

    EnvironmentNames(KeyTable table, Collection<Problem> problems) {
        this.table = table;
        this.problems = problems;
    }

    /** A variable and where it stands. */
    record Variable(String name, String value, String source) {
        @Override
        public String toString() {
            return name + " (" + source + ')';
        }
    }

    /** What the variables of a process set, the contracts' names first, so that later ones win. */
    List<Setting> read(Map<String, String> environment) {
        UnaryOperator<String> source = name -> "variable " + name;
        return read(new TreeMap<>(environment)
                .entrySet().stream()
                        .map(entry -> new Variable(entry.getKey(), entry.getValue(), source.apply(entry.getKey())))
                        .toList());
    }

    List<Setting> read(List<Variable> variables) {
        List<Setting> settings = new ArrayList<>();
        for (Variable variable : variables) {
            ContractNames.@Nullable Target target = ContractNames.WITH_EFFECT.get(variable.name());
            if (target != null && !variable.value().isBlank()) {
                table.feeds().stream()
                        .filter(feed -> isOf(target.provider(), feed))
                        .forEach(feed -> settings.add(
                                setting(FeedKeys.SECTION + '.' + feed.id() + '.' + target.key(), variable)));
            }
            ContractNames.@Nullable Whole whole = ContractNames.OF_CHANNELS.get(variable.name());
            if (whole != null && !variable.value().isBlank()) {
                String value = whole.value(variable.value().strip());
                settings.add(new Setting(whole.path(), value, variable.source()));
            }
        }
        for (Variable variable : variables) {
            if (variable.name().startsWith(PREFIX) && !isForeign(variable)) {
                own(variable, settings);
            }
        }
        return settings;
    }

    /** A further account has credentials of its own; FMP's one key is good for all its hosts. */
    private static boolean isOf(String provider, FeedKeys feed) {
        @Nullable ProviderFacts facts = FeedKeys.providerOf(feed.id());
        return facts == null ? provider.equals("fmp") : facts.name().equals(provider);
    }

    private void own(Variable variable, List<Setting> settings) {
        List<Key<?>> keys = table.ofVariable(variable.name());
        if (keys.size() == 1) {
            if (!variable.value().isBlank()) {
                settings.add(setting(keys.get(0).path(), variable));
            }
        } else if (keys.isEmpty()) {
            problems.add(new Problem(
                    "",
                    variable.source(),
                    "unknown variable " + Quoted.name(variable.name()) + ", the nearest known one is "
                            + table.nearestVariable(variable.name())));
        } else {
            String paths = keys.stream().map(Key::path).collect(Collectors.joining(" and "));
            problems.add(new Problem("", variable.source(), "variable " + variable.name() + " is ambiguous: " + paths));
        }
    }

    private static boolean isForeign(Variable variable) {
        return OF_LAUNCHER.contains(variable.name())
                || SERVICE_LINK.matcher(variable.name()).matches()
                || (variable.name().endsWith("_PORT")
                        && SERVICE_ADDRESS.matcher(variable.value()).matches());
    }

    private static Setting setting(String path, Variable variable) {
        return new Setting(path, variable.value().strip(), variable.source());
    }
}
