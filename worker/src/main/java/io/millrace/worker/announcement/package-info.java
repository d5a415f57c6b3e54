/** Tells the world what became of jobs and messages, and only then acknowledges. */
@NullMarked
package io.millrace.worker.announcement;

import org.jspecify.annotations.NullMarked;
