package io.millrace.chaos.work;

import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import io.millrace.handler.PermanentFailure;

/** Has no result for anybody. */
@Handles(HopelessHandler.TYPE)
public final class HopelessHandler implements Calculation<Sum, Sum.Value> {

  static final String TYPE = "chaos.hopeless";

  @Override
  public Sum.Value calculate(Sum input, JobContext context) {
    RunLog.ofThisProcess().began(context.messageId(), context.attempt());
    throw new PermanentFailure("there is no such sum");
  }
}
