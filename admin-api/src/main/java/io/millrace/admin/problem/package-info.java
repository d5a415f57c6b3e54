/** How the API says no: problems of RFC 9457, each of a type that the documents list. */
@NullMarked
package io.millrace.admin.problem;

import org.jspecify.annotations.NullMarked;
