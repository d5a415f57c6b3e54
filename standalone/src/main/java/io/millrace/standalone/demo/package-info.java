/** The demo: a book of loans through the whole engine, and an audit of what came out. */
@NullMarked
package io.millrace.standalone.demo;

import org.jspecify.annotations.NullMarked;
