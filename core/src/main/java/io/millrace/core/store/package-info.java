/**
 * All SQL on jobs, their failed attempts and the quarantine: batches in, guarded writes, and what
 * they changed.
 */
@NullMarked
package io.millrace.core.store;

import org.jspecify.annotations.NullMarked;
