/** The envelope of the Vert.x event-bus bridge, served by the hubs. */
@NullMarked
package io.tickmesh.client.eventbus;

import org.jspecify.annotations.NullMarked;
