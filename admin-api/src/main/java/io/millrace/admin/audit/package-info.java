/** The resource {@code /v1/audit}, and how other resources add to it. */
@NullMarked
package io.millrace.admin.audit;

import org.jspecify.annotations.NullMarked;
