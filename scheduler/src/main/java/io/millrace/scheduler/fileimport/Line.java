package io.millrace.scheduler.fileimport;

import org.jspecify.annotations.Nullable;

/**
 * Where a line is in its file; of CSV, a record, which may have several.
 *
 * @param number of its first line, from 1
 * @param at the byte where it begins
 * @param length in bytes, without what ends it
 * @param fault why it cannot be read; null if it can
 */
record Line(long number, long at, long length, @Nullable String fault) {}
