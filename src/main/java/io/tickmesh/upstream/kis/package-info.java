/** The language of KIS (Korea Investment &amp; Securities), without a socket. */
@NullMarked
package io.tickmesh.upstream.kis;

import org.jspecify.annotations.NullMarked;
