/** Tokens: whose are accepted, and what they say of their callers. */
@NullMarked
package io.millrace.admin.token;

import org.jspecify.annotations.NullMarked;
