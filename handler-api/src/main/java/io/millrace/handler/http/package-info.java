/** Calls to somebody else's system over HTTP, as authors of handlers write them. */
@NullMarked
package io.millrace.handler.http;

import org.jspecify.annotations.NullMarked;
