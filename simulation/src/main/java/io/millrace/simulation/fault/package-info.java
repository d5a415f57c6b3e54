/** What can be wrong with the simulated world on purpose. */
@NullMarked
package io.millrace.simulation.fault;

import org.jspecify.annotations.NullMarked;
