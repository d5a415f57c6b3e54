/** Why somebody does something, in their own words. */
@NullMarked
package io.millrace.admin.reason;

import org.jspecify.annotations.NullMarked;
