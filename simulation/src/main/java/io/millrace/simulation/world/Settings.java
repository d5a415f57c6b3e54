package io.millrace.simulation.world;

import io.millrace.client.contract.JobType;
import io.millrace.core.concurrency.ConcurrencyProperties;
import io.millrace.core.lease.LeaseProperties;
import io.millrace.core.outcome.OutcomeProperties;
import io.millrace.scheduler.dispatch.DispatchPasses;
import io.millrace.scheduler.dispatch.DispatcherProperties;
import io.millrace.scheduler.dispatch.ResultProperties;
import io.millrace.worker.claim.ClaimFactory;
import io.millrace.worker.claim.ShareProperties;
import io.millrace.worker.claim.TenantProperties;
import io.millrace.worker.pipeline.StepsFactory;
import io.millrace.worker.settlement.RetryProperties;
import io.millrace.worker.settlement.SettlementProperties;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** How the engine is configured in the simulation: as by default, with smaller batches. */
final class Settings {

  static final List<JobType> TYPES =
      List.of(
          new JobType(Handlers.CALCULATION),
          new JobType(Handlers.LEDGER),
          new JobType(Handlers.LIMITED));

  static final TenantProperties TENANTS = new TenantProperties("default", Map.of(), Set.of("*"));

  static final OutcomeProperties OUTCOMES =
      new OutcomeProperties(OutcomeProperties.Publish.ALL, Map.of(), List.of());

  static final LeaseProperties LEASE =
      new LeaseProperties(Duration.ofSeconds(3), Duration.ofSeconds(15));

  private static final ConcurrencyProperties CONCURRENCY =
      new ConcurrencyProperties(Map.of(Handlers.LIMITED, Handlers.LIMIT));

  /** Four attempts within a minute. */
  private static final RetryProperties RETRIES =
      new RetryProperties(
          Duration.ofSeconds(1), 3, Duration.ofSeconds(10), 4, Duration.ofHours(1), Map.of());

  private static final ShareProperties NO_SHARES = new ShareProperties(0, Map.of());

  /** So few that many jobs are beyond them. */
  private static final ShareProperties SHARES = new ShareProperties(1, Map.of(Handlers.LEDGER, 2));

  static final DispatchPasses.Rules DISPATCH =
      new DispatchPasses.Rules(
          new DispatcherProperties(
              3,
              4,
              4,
              Duration.ofSeconds(1),
              Duration.ofSeconds(5),
              Duration.ofSeconds(10),
              Duration.ofMinutes(1)),
          CONCURRENCY,
          LEASE,
          new ResultProperties(
              Duration.ofSeconds(5), Map.of(Handlers.LEDGER, "20s", Handlers.LIMITED, "0")));

  /** Handlers work on the simulated database; what is said to a connection goes nowhere. */
  static final DataSource NO_CONNECTIONS = new NoConnections();

  private Settings() {}

  /**
   * The rules of workers.
   *
   * @param shares whether tenants have them
   */
  static StepsFactory.Rules rules(boolean shares) {
    return new StepsFactory.Rules(
        new ClaimFactory.Limits(3, 10_000),
        new SettlementProperties(3, Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(5)),
        RETRIES.policies(),
        CONCURRENCY,
        shares ? SHARES : NO_SHARES);
  }

  private static final class NoConnections implements DataSource {

    private static final Statement STATEMENT = proxy(Statement.class, null);
    private static final Connection CONNECTION = proxy(Connection.class, STATEMENT);

    private static <T> T proxy(Class<T> type, @Nullable Object answer) {
      return type.cast(
          Proxy.newProxyInstance(
              Settings.class.getClassLoader(),
              new Class<?>[] {type},
              (_, method, _) -> {
                if (method.getReturnType() == boolean.class) {
                  return false;
                }
                return method.getReturnType() == Statement.class ? answer : null;
              }));
    }

    @Override
    public Connection getConnection() {
      return CONNECTION;
    }

    @Override
    public Connection getConnection(String user, String password) {
      return CONNECTION;
    }

    @Override
    public PrintWriter getLogWriter() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setLogWriter(PrintWriter out) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setLoginTimeout(int seconds) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int getLoginTimeout() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Logger getParentLogger() {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
