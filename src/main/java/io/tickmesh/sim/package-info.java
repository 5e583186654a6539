/** Simulators that speak the providers' real wire over real sockets. */
@NullMarked
package io.tickmesh.sim;

import org.jspecify.annotations.NullMarked;
