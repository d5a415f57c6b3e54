/** The jobs of a run: their handlers, what must come of them, and who ran what. */
@NullMarked
package io.millrace.chaos.work;

import org.jspecify.annotations.NullMarked;
