/** The native dialect. */
@NullMarked
package io.tickmesh.client.stream;

import org.jspecify.annotations.NullMarked;
