/** The description of the API, and a page to try it on. */
@NullMarked
package io.millrace.admin.document;

import org.jspecify.annotations.NullMarked;
