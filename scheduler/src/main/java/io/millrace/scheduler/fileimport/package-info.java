/** The batch job {@code file-import}: files of CSV or JSON Lines, whose lines become jobs. */
@NullMarked
package io.millrace.scheduler.fileimport;

import org.jspecify.annotations.NullMarked;
