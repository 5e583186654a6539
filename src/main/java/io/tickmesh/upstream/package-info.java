/** Feed sessions of the pools that this node owns: connect, log in, register, number, send out. */
@NullMarked
package io.tickmesh.upstream;

import org.jspecify.annotations.NullMarked;
