/** What the three processes share. */
@NullMarked
package io.millrace.core;

import org.jspecify.annotations.NullMarked;
