package io.millrace.chaos.work;

import io.millrace.core.Pause;
import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import java.time.Duration;

/** Adds up, and takes its time. */
@Handles(SlowHandler.TYPE)
public final class SlowHandler implements Calculation<Sum, Sum.Value> {

  static final String TYPE = "chaos.slow";

  @Override
  public Sum.Value calculate(Sum input, JobContext context) throws InterruptedException {
    RunLog.ofThisProcess().began(context.messageId(), context.attempt());
    Pause.THREAD.rest(Duration.ofMillis(input.millis()));
    return input.addUp();
  }
}
