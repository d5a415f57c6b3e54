/** What a request may say beside its path and its body. */
@NullMarked
package io.millrace.admin.parameter;

import org.jspecify.annotations.NullMarked;
