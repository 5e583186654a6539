/** Contract 3: rooms across nodes, users with several devices, presence, histories, handlers of custom messages. */
@NullMarked
package io.tickmesh.channel;

import org.jspecify.annotations.NullMarked;
