package io.millrace.chaos.work;

import io.millrace.core.Pause;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import io.millrace.handler.TransactionalHandler;
import io.millrace.handler.TransientFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Leaves a row for each job, in a table that would take two. Takes some time after it, and has bad
 * luck then: what it did must be undone.
 */
@Handles(EffectHandler.TYPE)
public final class EffectHandler implements TransactionalHandler<Sum, Sum.Value> {

  static final String TYPE = "chaos.effect";

  private static final String INSERT =
      "INSERT INTO chaos.effect (job, at) VALUES (?, clock_timestamp())";

  @Override
  public Sum.Value handle(Sum input, Connection connection, JobContext context)
      throws SQLException, InterruptedException {
    RunLog.ofThisProcess().began(context.messageId(), context.attempt());
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, context.jobId());
      insert.executeUpdate();
    }
    Pause.THREAD.rest(Duration.ofMillis(input.millis()));
    if (Luck.isBad(context.messageId(), context.attempt())) {
      throw new TransientFailure("bad luck after the effect");
    }
    return input.addUp();
  }
}
