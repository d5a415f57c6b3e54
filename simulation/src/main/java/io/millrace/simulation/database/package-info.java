/** What PostgreSQL does with the engine's statements: transactions, row locks, lost answers. */
@NullMarked
package io.millrace.simulation.database;

import org.jspecify.annotations.NullMarked;
