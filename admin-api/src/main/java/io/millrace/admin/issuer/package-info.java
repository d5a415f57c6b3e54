/** An issuer of our own, for one machine: a key in a file, and tokens for whoever can read it. */
@NullMarked
package io.millrace.admin.issuer;

import org.jspecify.annotations.NullMarked;
