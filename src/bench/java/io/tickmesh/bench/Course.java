package io.tickmesh.bench;

/** Something to be measured, with what is to be reached in it. */
interface Course {
    String name();

    /** What is measured, in a line. */
    String says();

    Outcome run(Bed bed);
}
