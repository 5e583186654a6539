/** Newest values, short history and data states of this node. */
@NullMarked
package io.tickmesh.cache;

import org.jspecify.annotations.NullMarked;
