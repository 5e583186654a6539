@NullMarked
package io.tickmesh.redis;

import org.jspecify.annotations.NullMarked;
