/** Who takes part: publishers, workers, dispatchers, operators, and what breaks them. */
@NullMarked
package io.millrace.simulation.world;

import org.jspecify.annotations.NullMarked;
