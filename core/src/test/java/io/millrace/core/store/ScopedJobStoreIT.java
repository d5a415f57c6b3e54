package io.millrace.core.store;

import static io.millrace.core.store.JobFixture.CREATED;
import static io.millrace.core.store.JobFixture.WORKER;
import static io.millrace.core.store.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.JobId;
import io.millrace.core.access.Allowed;
import io.millrace.core.access.Scope;
import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.access.TypePattern;
import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.LeaseToken;
import io.millrace.testing.MigratedDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ScopedJobStoreIT {

  private static final Scope OURS =
      new Scope(Allowed.only("acme"), Allowed.only(new TypePattern("test.*")));

  private static final List<Scope> OF_OTHERS =
      List.of(
          Scope.NOTHING,
          Scope.ofTenants("zebra"),
          new Scope(Allowed.only("acme"), Allowed.only(new TypePattern("other.*"))));

  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();
  private final JobStore jobs = new JdbcJobStore(database.jdbc());
  private final ScopedJobStore scoped = new ScopedJobStore(new ScopedJdbc(database.jdbc()));

  @Test
  void findsWhatIsInTheScopeAndNothingElse() {
    Job job = aJob("1").build();
    LeaseToken token = new LeaseToken(WORKER, 1);
    Failure failure = new Failure("Broken", "no luck", null);
    jobs.insert(List.of(job));
    jobs.report(List.of(new JobProgress(job.id(), token, 0.5, "half")));
    jobs.recordFailures(
        List.of(new AttemptFailure(job.id(), 1, WORKER, CREATED, CREATED, failure, null)));

    for (Scope scope : List.of(OURS, Scope.WHOLE_SYSTEM, Scope.ofTenants("acme"))) {
      assertThat(scoped.includes(scope, job.id())).isTrue();
      assertThat(scoped.find(scope, job.id()).orElseThrow().id()).isEqualTo(job.id());
      assertThat(scoped.attempts(scope, job.id())).hasSize(1);
      assertThat(scoped.progress(scope, job.id()).orElseThrow().note()).isEqualTo("half");
    }
    for (Scope scope : OF_OTHERS) {
      assertThat(scoped.includes(scope, job.id())).isFalse();
      assertThat(scoped.find(scope, job.id())).isEmpty();
      assertThat(scoped.attempts(scope, job.id())).isEmpty();
      assertThat(scoped.progress(scope, job.id())).isEmpty();
    }
    assertThat(scoped.find(Scope.WHOLE_SYSTEM, JobId.of("acme", "nobody"))).isEmpty();
  }
}
