/** A broker and a database that need nothing but a JDK: for a first run, and for tests. */
@NullMarked
package io.millrace.embedded;

import org.jspecify.annotations.NullMarked;
