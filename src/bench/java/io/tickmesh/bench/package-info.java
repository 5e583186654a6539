/** Benchmarks: servers as processes of their own under an open-loop load, measured from outside. */
@NullMarked
package io.tickmesh.bench;

import org.jspecify.annotations.NullMarked;
