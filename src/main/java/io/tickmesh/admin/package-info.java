/** The management port: health, metrics, operator routes. */
@NullMarked
package io.tickmesh.admin;

import org.jspecify.annotations.NullMarked;
