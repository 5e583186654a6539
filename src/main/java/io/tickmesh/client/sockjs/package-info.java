/** Every transport of SockJS, for any dialect. */
@NullMarked
package io.tickmesh.client.sockjs;

import org.jspecify.annotations.NullMarked;
