/** The publisher of jobs: confirmed, bounded, and back by itself when the broker was gone. */
@NullMarked
package io.millrace.client;

import org.jspecify.annotations.NullMarked;
