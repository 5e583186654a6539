package io.tickmesh.client.stream;

import java.util.List;

/**
 * How ticks are written.
 *
 * @param fields the members of the value that are wanted, in order; empty for all
 */
record Form(Format format, List<String> fields) {
    Form {
        fields = List.copyOf(fields);
    }

    Form in(Format other) {
        return new Form(other, fields);
    }
}
