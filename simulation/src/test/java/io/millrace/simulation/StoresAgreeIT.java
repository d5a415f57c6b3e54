package io.millrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.JobId;
import io.millrace.core.lease.JdbcWorkerStore;
import io.millrace.core.store.JdbcDueStore;
import io.millrace.core.store.JdbcJobStore;
import io.millrace.core.store.JdbcResultStore;
import io.millrace.core.store.JobStore;
import io.millrace.simulation.database.Database;
import io.millrace.simulation.database.InMemoryDueStore;
import io.millrace.simulation.database.InMemoryJobStore;
import io.millrace.simulation.database.InMemoryResultStore;
import io.millrace.simulation.database.InMemoryWorkerStore;
import io.millrace.simulation.database.Row;
import io.millrace.simulation.database.Watcher;
import io.millrace.simulation.kernel.Kernel;
import io.millrace.simulation.kernel.Node;
import io.millrace.testing.MigratedDatabase;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the simulation stands on is what the engine stands on: the same statements, drawn at random,
 * have the same answers and leave the same rows in memory and in PostgreSQL.
 */
class StoresAgreeIT {

  private static final int STATEMENTS = 1_500;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void sameStatementsSameAnswersSameRows(long seed) throws Throwable {
    Kernel kernel = new Kernel(seed, null);
    Database memory = new Database(kernel, Set.of(), new NobodyWatches());
    RandomStatements statements = new RandomStatements(seed, memory);
    try (MigratedDatabase database = MigratedDatabase.onOneConnection()) {
      Side real = real(database);
      Side simulated = simulated(memory);
      kernel.spawn(
          new Node(kernel, "test", Duration.ZERO),
          "statements",
          () -> {
            compare(real, simulated, statements);
            kernel.end();
          });
      kernel.run();
    }
    assertThat(statements.jobs()).isGreaterThan(20);
  }

  private static Side real(MigratedDatabase database) {
    JdbcClient jdbc = database.jdbc();
    JobStore jobs = new JdbcJobStore(jdbc);
    return new Side(
        jobs,
        new JdbcDueStore(jdbc),
        new JdbcResultStore(jdbc),
        new JdbcWorkerStore(jdbc),
        database.transaction(),
        () ->
            jdbc
                .sql("SELECT id, announce_due, alone FROM job")
                .query(
                    (row, _) ->
                        Texts.of(
                                jobs.find(new JobId(row.getObject("id", UUID.class))).orElseThrow())
                            + row.getBoolean("announce_due")
                            + row.getBoolean("alone"))
                .list()
                .stream()
                .sorted()
                .toList());
  }

  private static Side simulated(Database memory) {
    return new Side(
        new InMemoryJobStore(memory),
        new InMemoryDueStore(memory),
        new InMemoryResultStore(memory),
        new InMemoryWorkerStore(memory, _ -> {}),
        memory,
        () ->
            memory.rows().stream()
                .map(row -> Texts.of(row.job()) + row.announceDue() + row.alone())
                .sorted()
                .toList());
  }

  private static void compare(Side real, Side simulated, RandomStatements statements) {
    statements.registerWorkers(real);
    statements.registerWorkers(simulated);
    for (int i = 0; i < STATEMENTS; i++) {
      Function<Side, Object> statement = statements.draw();
      Object inMemory = simulated.transaction().execute(_ -> statement.apply(simulated));
      Object inPostgres = real.transaction().execute(_ -> statement.apply(real));
      assertThat(inMemory).as("statement %d", i).isEqualTo(inPostgres);
      statements.remember();
      if (i % 50 == 0) {
        compareRows(real, simulated);
      }
    }
    compareRows(real, simulated);
  }

  private static void compareRows(Side real, Side simulated) {
    assertThat(simulated.rows().get()).isEqualTo(real.rows().get());
  }

  private static final class NobodyWatches implements Watcher {

    @Override
    public void committed(Node by, @Nullable Row before, Row after) {
      // Only the answers and the rows count here.
    }

    @Override
    public void effect(JobId job) {
      throw new IllegalStateException("nothing has an effect here");
    }

    @Override
    public void settled() {
      // Only the answers and the rows count here.
    }
  }
}
