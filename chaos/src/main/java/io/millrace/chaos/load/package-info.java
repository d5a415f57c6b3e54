/** What the world outside does: publishes jobs, and listens to their outcomes. */
@NullMarked
package io.millrace.chaos.load;

import org.jspecify.annotations.NullMarked;
