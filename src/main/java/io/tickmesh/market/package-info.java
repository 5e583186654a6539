/** The vocabulary of the market: instrument, topic, tick, decimal, data state. Knows no framework. */
@NullMarked
package io.tickmesh.market;

import org.jspecify.annotations.NullMarked;
