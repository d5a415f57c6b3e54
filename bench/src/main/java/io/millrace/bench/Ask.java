package io.millrace.bench;

import io.millrace.handler.CallContext;
import io.millrace.handler.Calls;
import io.millrace.handler.Handles;
import io.millrace.handler.Integration;
import io.millrace.handler.http.HttpRequest;

/** A call to the partner of the benchmark. */
@Handles("bench.ask")
@Calls("partner")
public final class Ask implements Integration<Multiply.Factors, Ask.Answer> {

  /** What the partner says. */
  public record Answer(int status) {}

  @Override
  public Answer call(Multiply.Factors input, CallContext context) throws InterruptedException {
    return new Answer(context.http().send(HttpRequest.post("/ask").json(input)).status());
  }
}
