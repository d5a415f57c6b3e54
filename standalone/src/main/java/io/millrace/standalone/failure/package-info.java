/** How a command says in one line that it failed. */
@NullMarked
package io.millrace.standalone.failure;

import org.jspecify.annotations.NullMarked;
