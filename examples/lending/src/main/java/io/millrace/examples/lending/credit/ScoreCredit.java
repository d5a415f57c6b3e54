package io.millrace.examples.lending.credit;

import io.millrace.handler.CallContext;
import io.millrace.handler.Calls;
import io.millrace.handler.Handles;
import io.millrace.handler.Integration;
import io.millrace.handler.PermanentFailure;
import io.millrace.handler.http.HttpRequest;
import io.millrace.handler.http.HttpResponse;

/**
 * Asks the credit bureau for an applicant's score. Address, token, limits and circuit are
 * configured under {@code millrace.dependencies.credit-bureau}.
 */
@Handles(value = "credit.score", schema = "credit.score.v1.schema.json")
@Calls("credit-bureau")
public final class ScoreCredit implements Integration<Applicant, CreditScore> {

  @Override
  public CreditScore call(Applicant applicant, CallContext context) throws InterruptedException {
    HttpResponse answer =
        context.http().send(HttpRequest.post("/scores").json(applicant).accepting(200, 404));
    if (answer.status() == 404) {
      throw new PermanentFailure(
          "the bureau knows nobody by this reference: check it, or ask the applicant for accounts");
    }
    CreditScore score = context.http().read(answer, CreditScore.class);
    context.log().info("scored by model {}", score.model());
    return score;
  }
}
