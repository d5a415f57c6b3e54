/** Jobs that are one call to somebody's HTTP interface, written out in their payload. */
@NullMarked
package io.millrace.worker.httpcall;

import org.jspecify.annotations.NullMarked;
