package io.millrace.scheduler.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.batch.BatchRequest;
import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.BatchRunState;
import io.millrace.testing.Await;
import io.millrace.testing.PrivatePostgres;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A database that goes away in the middle of a run. */
class BatchOutageIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  @AutoClose private final PrivatePostgres postgres = PrivatePostgres.start();

  @AutoClose
  private final BatchNode node =
      BatchNode.start(
          postgres.jdbcUrl(),
          postgres.user(),
          postgres.password(),
          source ->
              CountingBatch.job(
                  source,
                  50,
                  number -> {
                    if (number % 50 == 25) {
                      NEVER.await(20, TimeUnit.MILLISECONDS);
                    }
                    return number;
                  }));

  @Test
  void theRunCompletesByItselfWhenItIsBack() {
    CountingBatch.createTable(node.jdbc());
    assertThat(Await.until(() -> !node.runs().jobs().isEmpty(), PATIENCE)).isTrue();
    UUID run =
        ((BatchRequest.Accepted)
                node.runs()
                    .request(
                        CountingBatch.NAME,
                        Map.of("numbers", "6000"),
                        LocalDate.of(2026, 3, 31),
                        "test"))
            .run()
            .id();
    assertThat(Await.until(() -> CountingBatch.counted(node.jdbc()) > 1_000, PATIENCE)).isTrue();

    postgres.kill();
    assertThat(
            Await.until(
                () -> node.events().stream().anyMatch(BatchEvent.Hindered.class::isInstance),
                PATIENCE))
        .isTrue();
    postgres.restart();

    assertThat(Await.until(() -> find(run).endedAt() != null, PATIENCE))
        .as(() -> find(run) + " " + node.events())
        .isTrue();
    assertThat(find(run).state()).as(find(run).message()).isEqualTo(BatchRunState.COMPLETED);
    assertThat(CountingBatch.counted(node.jdbc())).isEqualTo(6_000);
    assertThat(CountingBatch.different(node.jdbc())).isEqualTo(6_000);
  }

  private BatchRun find(UUID run) {
    return node.runs().find(run).orElseThrow();
  }
}
