/** Process 3: the REST API. */
@NullMarked
package io.millrace.admin;

import org.jspecify.annotations.NullMarked;
