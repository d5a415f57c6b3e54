/**
 * The broker: which exchanges and queues there are, how to connect, and how to publish so that
 * nothing is lost.
 */
@NullMarked
package io.millrace.core.broker;

import org.jspecify.annotations.NullMarked;
