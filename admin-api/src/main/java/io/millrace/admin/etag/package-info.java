/** Which version of something a client has seen: RFC 9110, section 13. */
@NullMarked
package io.millrace.admin.etag;

import org.jspecify.annotations.NullMarked;
