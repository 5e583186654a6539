/** The connection to Redis, for every role that may use it; what stands there is the business of those roles. */
@NullMarked
package io.tickmesh.redis;

import org.jspecify.annotations.NullMarked;
