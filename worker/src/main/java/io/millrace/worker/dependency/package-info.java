/**
 * What integrations depend upon: how many calls are made at a time, how often, and whether any are
 * made at all.
 */
@NullMarked
package io.millrace.worker.dependency;

import org.jspecify.annotations.NullMarked;
