/** Every event-bus address, every message between roles and every codec. */
@NullMarked
package io.tickmesh.bus;

import org.jspecify.annotations.NullMarked;
