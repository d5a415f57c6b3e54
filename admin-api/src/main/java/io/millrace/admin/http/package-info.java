/** How the server speaks HTTP: to whose pages, for how long, how densely, in which versions. */
@NullMarked
package io.millrace.admin.http;

import org.jspecify.annotations.NullMarked;
