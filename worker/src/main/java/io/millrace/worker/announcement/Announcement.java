package io.millrace.worker.announcement;

import io.millrace.client.contract.JobId;
import io.millrace.core.broker.OutboundMessage;
import io.millrace.worker.intake.Delivery;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said about one job or message whose fate is durable, and what is to be acknowledged
 * once it is said.
 *
 * @param job whose end it is; null if it is no job's
 * @param messages what to publish; may be empty
 * @param deliveries what to acknowledge
 */
record Announcement(
    @Nullable JobId job,
    List<OutboundMessage> messages,
    Supplier<Collection<Delivery>> deliveries) {}
