/** Node identity, membership and ownership of pools. */
@NullMarked
package io.tickmesh.cluster;

import org.jspecify.annotations.NullMarked;
