/** The language of FMP, without a socket. */
@NullMarked
package io.tickmesh.upstream.fmp;

import org.jspecify.annotations.NullMarked;
