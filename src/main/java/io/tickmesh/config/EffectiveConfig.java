package io.tickmesh.config;

import java.util.Objects;

/** The whole configuration as it holds, as YAML; secrets are masked, values that are not the default name their source. */
public final class EffectiveConfig {
    private final KeyTable table;
    private final Values values;
    private final NodeConfig config;

    EffectiveConfig(KeyTable table, Values values, NodeConfig config) {
        this.table = table;
        this.values = values;
        this.config = config;
    }

    /** Lines of YAML, the last one ended. */
    public String print() {
        YamlText out = new YamlText();
        for (Key<?> key : table.all()) {
            out.add(key.path(), value(key), comment(key));
        }
        return out.toString();
    }

    private String value(Key<?> key) {
        if (key.equals(Keys.NODE_NAME)) {
            return YamlText.scalar(config.nodeName());
        }
        if (key.equals(Keys.MANAGEMENT_PORT)) {
            return Integer.toString(config.management().port());
        }
        if (key.equals(Keys.CLUSTER_MEMBERS)) {
            return YamlText.value(Keys.CLUSTER_MEMBERS, config.cluster().members());
        }
        return given(key);
    }

    private <T> String given(Key<T> key) {
        return YamlText.value(key, values.get(key));
    }

    private String comment(Key<?> key) {
        return Objects.equals(values.get(key), key.fallback()) ? "" : values.source(key);
    }

    @Override
    public String toString() {
        return print();
    }
}
