/** What is taken as the body of a request, and how much of it. */
@NullMarked
package io.millrace.admin.body;

import org.jspecify.annotations.NullMarked;
