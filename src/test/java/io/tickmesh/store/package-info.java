@NullMarked
package io.tickmesh.store;

import org.jspecify.annotations.NullMarked;
