/** The language of Upbit, without a socket. */
@NullMarked
package io.tickmesh.upstream.upbit;

import org.jspecify.annotations.NullMarked;
