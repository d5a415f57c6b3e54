/** The nightly run that says of a day, tenant by tenant, what became of its jobs. */
@NullMarked
package io.millrace.scheduler.statement;

import org.jspecify.annotations.NullMarked;
