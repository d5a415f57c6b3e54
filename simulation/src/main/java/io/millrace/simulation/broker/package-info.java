/** What RabbitMQ does with the engine's messages: at least once, in any order. */
@NullMarked
package io.millrace.simulation.broker;

import org.jspecify.annotations.NullMarked;
