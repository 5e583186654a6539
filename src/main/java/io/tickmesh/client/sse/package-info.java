/** The native dialect over Server-Sent Events. */
@NullMarked
package io.tickmesh.client.sse;

import org.jspecify.annotations.NullMarked;
