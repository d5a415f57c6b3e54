/** How often a client may ask. */
@NullMarked
package io.millrace.admin.rate;

import org.jspecify.annotations.NullMarked;
