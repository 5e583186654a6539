package io.tickmesh.client;

/**
 * What tells sessions apart for operators.
 *
 * @param number unlike that of any other session of the event loop, later ones higher
 * @param since milliseconds since 1970
 * @param visit how it came
 */
record Origin(long number, long since, Visit visit) {}
