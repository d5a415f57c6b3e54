package io.millrace.chaos.work;

import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;

/** Adds up. */
@Handles(PlainHandler.TYPE)
public final class PlainHandler implements Calculation<Sum, Sum.Value> {

  static final String TYPE = "chaos.plain";

  @Override
  public Sum.Value calculate(Sum input, JobContext context) {
    RunLog.ofThisProcess().began(context.messageId(), context.attempt());
    return input.addUp();
  }
}
