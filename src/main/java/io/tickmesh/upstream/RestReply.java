package io.tickmesh.upstream;

/** A provider's whole answer to a {@link RestCall}. The array is not copied: it has one reader. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers
record RestReply(int status, byte[] body) {}
