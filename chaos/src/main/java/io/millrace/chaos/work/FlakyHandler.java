package io.millrace.chaos.work;

import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import io.millrace.handler.TransientFailure;

/** Adds up, unless the attempt has bad luck. */
@Handles(FlakyHandler.TYPE)
public final class FlakyHandler implements Calculation<Sum, Sum.Value> {

  static final String TYPE = "chaos.flaky";

  @Override
  public Sum.Value calculate(Sum input, JobContext context) {
    RunLog.ofThisProcess().began(context.messageId(), context.attempt());
    if (Luck.isBad(context.messageId(), context.attempt())) {
      throw new TransientFailure("bad luck");
    }
    return input.addUp();
  }
}
