/** The node: main, what is deployed in which order, and the order of leaving. Only this package knows all rooms. */
@NullMarked
package io.tickmesh;

import org.jspecify.annotations.NullMarked;
