/** Everything that is counted or timed, in one place. */
@NullMarked
package io.tickmesh.metrics;

import org.jspecify.annotations.NullMarked;
