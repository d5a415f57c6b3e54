package io.millrace.scheduler.batch;

import io.millrace.batch.BatchJob;
import io.millrace.batch.BatchParameter;
import io.millrace.batch.ChunkStep;
import io.millrace.batch.ControlTotal;
import io.millrace.batch.Partition;
import io.millrace.batch.PartitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A batch job for tests: numbers, in partitions, each of which is written to the table {@code
 * counted} as often as it is processed. Nothing but the engine keeps a number from being there
 * twice.
 */
final class CountingBatch {

  static final String NAME = "counting";

  /** Waits, fails or ends the process, as a test wishes. */
  interface Trouble {

    long process(long number) throws Exception;
  }

  private CountingBatch() {}

  static void createTable(JdbcClient jdbc) {
    jdbc.sql("CREATE TABLE IF NOT EXISTS counted (number bigint NOT NULL)").update();
  }

  static BatchJob job(DataSource source, int chunk, Trouble trouble) {
    JdbcClient jdbc = JdbcClient.create(source);
    return BatchJob.named(NAME)
        .describedAs("counts")
        .parameter(BatchParameter.Kind.NUMBER, "numbers", "how many", null)
        .parameter(BatchParameter.Kind.NUMBER, "partitions", "how many", "4")
        .parameter(BatchParameter.Kind.NUMBER, "expected", "how many, -1 for all", "-1")
        .step(
            ChunkStep.<Long, Long>named("count")
                .partitions(
                    run -> partitions(run.number("numbers"), (int) run.number("partitions")))
                .chunk(chunk)
                .reader(Numbers::new)
                .processor(_ -> trouble::process)
                .writer(_ -> writer(jdbc))
                .skip(3, IllegalArgumentException.class)
                .build())
        .totals(
            run -> {
              long expected = run.number("expected");
              return List.of(
                  ControlTotal.of(
                      "numbers", expected < 0 ? run.number("numbers") : expected, counted(jdbc)));
            })
        .build();
  }

  static long counted(JdbcClient jdbc) {
    return jdbc.sql("SELECT count(*) FROM counted").query(Long.class).single();
  }

  static long different(JdbcClient jdbc) {
    return jdbc.sql("SELECT count(DISTINCT number) FROM counted").query(Long.class).single();
  }

  private static ItemWriter<Long> writer(JdbcClient jdbc) {
    return chunk ->
        jdbc.sql("INSERT INTO counted SELECT unnest(:numbers::bigint[])")
            .param("numbers", chunk.getItems().toArray(Long[]::new))
            .update();
  }

  private static List<Partition> partitions(long numbers, int count) {
    List<Partition> partitions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long from = numbers * i / count;
      long to = numbers * (i + 1) / count;
      partitions.add(
          new Partition(
              "part-" + i,
              to - from,
              Map.of("from", String.valueOf(from), "to", String.valueOf(to))));
    }
    return partitions;
  }

  private static final class Numbers implements ItemStreamReader<Long> {

    private final long to;
    private long next;

    Numbers(PartitionContext context) {
      next = context.partition().number("from");
      to = context.partition().number("to");
    }

    @Override
    public void open(ExecutionContext context) {
      next = context.getLong("next", next);
    }

    @Override
    public @Nullable Long read() {
      return next < to ? next++ : null;
    }

    @Override
    public void update(ExecutionContext context) {
      context.putLong("next", next);
    }
  }
}
