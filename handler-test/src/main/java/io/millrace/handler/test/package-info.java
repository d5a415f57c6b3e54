/** For tests of handlers: runs one as a worker does, without a broker and without a worker. */
@NullMarked
package io.millrace.handler.test;

import org.jspecify.annotations.NullMarked;
