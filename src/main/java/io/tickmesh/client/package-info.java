/** Client sessions, hubs and queues; one sub-package per dialect. */
@NullMarked
package io.tickmesh.client;

import org.jspecify.annotations.NullMarked;
