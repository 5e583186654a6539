package io.tickmesh.config;

import org.jspecify.annotations.Nullable;

/**
 * The operators' port.
 *
 * @param token what operators from other machines must show; null if nobody from there may command
 */
public record ManagementConfig(
        String host, int port, @Nullable Secret token) {}
