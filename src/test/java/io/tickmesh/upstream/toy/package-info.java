/** The smallest provider there can be, for docs/adding-a-provider.md: three classes and a capture file. */
@NullMarked
package io.tickmesh.upstream.toy;

import org.jspecify.annotations.NullMarked;
