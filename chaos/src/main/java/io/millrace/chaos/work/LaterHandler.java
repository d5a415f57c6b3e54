package io.millrace.chaos.work;

import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;

/** Adds up; its jobs wait for their time first. */
@Handles(LaterHandler.TYPE)
public final class LaterHandler implements Calculation<Sum, Sum.Value> {

  static final String TYPE = "chaos.later";

  @Override
  public Sum.Value calculate(Sum input, JobContext context) {
    RunLog.ofThisProcess().began(context.messageId(), context.attempt());
    return input.addUp();
  }
}
