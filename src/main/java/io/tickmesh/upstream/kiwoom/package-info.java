/** The language of Kiwoom's REST API and its WebSocket, without a socket. */
@NullMarked
package io.tickmesh.upstream.kiwoom;

import org.jspecify.annotations.NullMarked;
