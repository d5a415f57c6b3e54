package io.millrace.core.broker;

import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;

/** The names of queues and of the exchanges that only the engine uses. */
public final class QueueNames {

  /** Messages that no queue knows: the alternate exchange of the job exchanges, and its queue. */
  public static final String UNROUTED = "millrace.unrouted";

  /**
   * Messages that the broker took off a queue by itself: the dead-letter exchange, and its queue.
   */
  public static final String DEAD = "millrace.dead";

  private static final String DISPATCH = "millrace.dispatch.";

  private QueueNames() {}

  /**
   * The queue of {@code type}'s messages in {@code lane}. The lane stands before the type, so that
   * no two pairs share a name.
   */
  public static String of(JobType type, Lane lane) {
    return switch (lane) {
      case HIGH -> "millrace.job-high." + type;
      case NORMAL -> "millrace.job." + type;
      case LOW -> "millrace.job-low." + type;
    };
  }

  /** The queue of the dispatcher's messages to the workers that have {@code type}. */
  public static String dispatch(JobType type) {
    return DISPATCH + type;
  }

  /** Whether {@code queue} is one of the dispatcher's messages. */
  public static boolean isDispatch(String queue) {
    return queue.startsWith(DISPATCH);
  }
}
