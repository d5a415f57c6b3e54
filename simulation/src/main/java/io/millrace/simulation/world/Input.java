package io.millrace.simulation.world;

/**
 * The payload of a simulated job: what its handler does.
 *
 * @param millis how long it takes
 * @param failures how many attempts fail first
 * @param permanent whether it fails for good
 * @param kills whether it ends the process that runs it
 */
public record Input(int millis, int failures, boolean permanent, boolean kills) {}
