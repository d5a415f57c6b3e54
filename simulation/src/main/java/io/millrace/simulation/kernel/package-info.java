/** One thing at a time, in an order that a seed decides, and time that passes at its command. */
@NullMarked
package io.millrace.simulation.kernel;

import org.jspecify.annotations.NullMarked;
