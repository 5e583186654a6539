/** Configuration: records that check themselves, and the loader that fills them. */
@NullMarked
package io.tickmesh.config;

import org.jspecify.annotations.NullMarked;
