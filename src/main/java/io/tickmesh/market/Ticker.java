package io.tickmesh.market;

/** The summary of an instrument. */
public record Ticker(Topic topic, long epoch, long seq, long providerTime, long receivedAt, DaySummary day)
        implements Tick {}
