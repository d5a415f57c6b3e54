package io.millrace.worker.announcement;

import io.millrace.core.broker.OutboundMessage;
import io.millrace.worker.intake.Delivery;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is to be said about one job or message whose fate is durable, and what is to be acknowledged
 * once it is said.
 *
 * @param messages what to publish; may be empty
 * @param deliveries what to acknowledge
 */
record Announcement(List<OutboundMessage> messages, Supplier<Collection<Delivery>> deliveries) {}
