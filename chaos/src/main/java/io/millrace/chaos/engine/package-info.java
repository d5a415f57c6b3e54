/** The engine under test: a broker, a database, two workers and two schedulers, each a process. */
@NullMarked
package io.millrace.chaos.engine;

import org.jspecify.annotations.NullMarked;
