/** What outlives all nodes: newest values, short histories and the ledger, in Redis. */
@NullMarked
package io.tickmesh.store;

import org.jspecify.annotations.NullMarked;
