/** How fast Millrace drains a queue, beside what a team would write by hand. */
@NullMarked
package io.millrace.bench;

import org.jspecify.annotations.NullMarked;
