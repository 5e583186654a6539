/** The interest of this node, and the pins. */
@NullMarked
package io.tickmesh.subscription;

import org.jspecify.annotations.NullMarked;
