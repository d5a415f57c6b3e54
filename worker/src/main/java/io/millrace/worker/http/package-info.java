/**
 * The way out to systems of others: where a call may go, how it goes, and what its answer means.
 */
@NullMarked
package io.millrace.worker.http;

import org.jspecify.annotations.NullMarked;
