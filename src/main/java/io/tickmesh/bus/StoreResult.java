package io.tickmesh.bus;

/** What came of something that was to be stored. */
public enum StoreResult {
    WRITTEN,
    /** Written too, but what was written before is gone: all that is known should be told again. */
    FORGOTTEN,
    /** There is something of a later owner: this one has no business there. */
    FENCED,
    /** Perhaps not written: it should be told again. */
    FAILED
}
