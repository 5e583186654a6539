/** Contract 1: the FMP price gateway, WebSocket and REST. */
@NullMarked
package io.tickmesh.client.prices;

import org.jspecify.annotations.NullMarked;
