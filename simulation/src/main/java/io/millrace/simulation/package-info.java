/**
 * The whole protocol as a deterministic simulation: publishers, broker, workers, dispatchers,
 * database and operators under one seed. The steps and decisions are the engine's own; only what
 * they stand on is simulated, and everything that can go wrong there does.
 */
@NullMarked
package io.millrace.simulation;

import org.jspecify.annotations.NullMarked;
