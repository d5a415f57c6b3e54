/** How the broker is reached, by the publisher and by the engine itself; not for applications. */
@NullMarked
package io.millrace.client.amqp;

import org.jspecify.annotations.NullMarked;
