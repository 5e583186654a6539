/** Contract 2, the Korean stock stream. */
@NullMarked
package io.tickmesh.client.stock;

import org.jspecify.annotations.NullMarked;
