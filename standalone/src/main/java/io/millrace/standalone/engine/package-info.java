/** Worker, scheduler and API in one JVM, with the servers they need, and where to find them. */
@NullMarked
package io.millrace.standalone.engine;

import org.jspecify.annotations.NullMarked;
