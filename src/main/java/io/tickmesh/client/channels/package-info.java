/** Contract 3: the dialect of the channel service. What is sent to whom is decided by the channel role. */
@NullMarked
package io.tickmesh.client.channels;

import org.jspecify.annotations.NullMarked;
