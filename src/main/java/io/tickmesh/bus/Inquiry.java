package io.tickmesh.bus;

import io.vertx.core.json.JsonObject;

/**
 * An operator's question or command to one part of one node; answered with a {@link Finding}.
 *
 * @param subject which part: the end of a {@code node.inquiry.*} address
 */
public record Inquiry(String subject, JsonObject arguments) {}
