/** The commands that start and stop the engine, and that talk to it. */
@NullMarked
package io.millrace.standalone.command;

import org.jspecify.annotations.NullMarked;
