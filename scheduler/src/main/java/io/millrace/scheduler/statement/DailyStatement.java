package io.millrace.scheduler.statement;

import io.millrace.batch.BatchJob;
import io.millrace.batch.BatchParameter;
import io.millrace.batch.ControlTotal;
import io.millrace.batch.Partition;
import io.millrace.batch.PartitionContext;
import io.millrace.batch.PermanentBatchFailure;
import io.millrace.batch.RunContext;
import io.millrace.batch.Task.Progress;
import io.millrace.batch.TaskStep;
import io.millrace.scheduler.statement.BusinessDay.Stretch;
import io.millrace.scheduler.statement.StatementLine.Ends;
import io.millrace.scheduler.statement.StatementLine.Part;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The run {@code daily-statement}: counts the jobs that ended on a day, stretch by stretch, sums
 * that up tenant by tenant, makes it the statement of the day all at once, and writes the files.
 */
final class DailyStatement {

  static final String NAME = "daily-statement";

  private static final String DATE = "date";
  private static final String BEGINS = "begins";
  private static final String ENDS = "ends";
  private static final String COUNTED = "counted";
  private static final String BEHIND = "behind";

  /** How many schedulers can count at a time, and in how many looks each of them does it. */
  private static final int PARTITIONS = 8;

  private static final int LOOKS = 12;

  private static final int GROUP = 250;
  private static final int TENANTS = 50;
  private static final int ROWS = 20_000;

  private final EndedJobs jobs;
  private final PartStore parts;
  private final LineStore lines;
  private final TransactionOperations transaction;
  private final @Nullable StatementFolder folder;
  private final ZoneId zone;
  private final InstantSource clock;
  private final StatementText text = new StatementText();

  /** What it reads and writes. */
  record Stores(EndedJobs jobs, PartStore parts, LineStore lines) {

    Stores(JdbcClient jdbc) {
      this(new EndedJobs(jdbc), new PartStore(jdbc), new LineStore(jdbc));
    }
  }

  /**
   * @param transaction for the totals, which the engine checks outside of one
   * @param folder null if no files are wanted
   */
  DailyStatement(
      Stores stores,
      TransactionOperations transaction,
      @Nullable StatementFolder folder,
      ZoneId zone,
      InstantSource clock) {
    this.jobs = stores.jobs();
    this.parts = stores.parts();
    this.lines = stores.lines();
    this.transaction = transaction;
    this.folder = folder;
    this.zone = zone;
    this.clock = clock;
  }

  BatchJob asJob() {
    return BatchJob.named(NAME)
        .describedAs("what became of each tenant's jobs that ended on a day")
        .parameter(
            BatchParameter.Kind.DATE,
            DATE,
            "the day, in the zone millrace.statement.zone; it has to be over",
            "yesterday")
        .repeatable()
        .step(new TaskStep("count", this::stretches, this::count))
        .step(
            new TaskStep(
                "sum-up",
                run -> TenantGroup.asPartitions(parts.groups(run.run(), GROUP)),
                this::sumUp))
        .step(TaskStep.of("publish", this::publish))
        .step(new TaskStep("write-files", this::filesToWrite, this::writeFiles))
        .step(TaskStep.of("tidy-up", this::tidyUp))
        .totals(this::totals)
        .build();
  }

  private BusinessDay day(RunContext run) {
    return BusinessDay.of(run.date(DATE), zone);
  }

  private List<Partition> stretches(RunContext run) {
    BusinessDay day = day(run);
    if (clock.instant().isBefore(day.ends())) {
      throw new PermanentBatchFailure(
          "%s is not over before %s: its statement would be wrong"
              .formatted(day.date(), day.ends()));
    }
    jobs.deletedUntil()
        .filter(until -> !until.isBefore(day.begins()))
        .ifPresent(
            until -> {
              throw new PermanentBatchFailure(
                  "jobs that ended until %s are deleted: the statement of %s cannot be made any more"
                      .formatted(until, day.date()));
            });
    List<Partition> partitions = new ArrayList<>(PARTITIONS);
    for (Stretch stretch : day.whole().divided(PARTITIONS)) {
      partitions.add(
          new Partition(
              "stretch-" + (partitions.size() + 1),
              LOOKS,
              Map.of(BEGINS, micros(stretch.begins()), ENDS, micros(stretch.ends()))));
    }
    return partitions;
  }

  private Progress count(PartitionContext context, ExecutionContext state) {
    Partition partition = context.partition();
    Stretch all = new Stretch(instant(partition, BEGINS), instant(partition, ENDS));
    int counted = state.getInt(COUNTED, 0);
    jobs.count(context.run().run(), context.run().date(DATE), all.divided(LOOKS).get(counted));
    state.putInt(COUNTED, counted + 1);
    return new Progress(1, counted + 1 == LOOKS);
  }

  private Progress sumUp(PartitionContext context, ExecutionContext state) {
    RunContext run = context.run();
    List<Part> found = parts.next(run.run(), left(context, state), TENANTS);
    SequencedMap<String, SequencedMap<String, List<Part>>> byTenant = new LinkedHashMap<>();
    for (Part part : found) {
      byTenant
          .computeIfAbsent(part.tenant(), _ -> new LinkedHashMap<>())
          .computeIfAbsent(part.type(), _ -> new ArrayList<>())
          .add(part);
    }
    if (byTenant.isEmpty()) {
      return Progress.finished(0);
    }
    lines.add(
        run.run(),
        run.date(DATE),
        byTenant.values().stream()
            .flatMap(types -> types.values().stream())
            .map(StatementLine::of)
            .toList());
    return goOn(state, byTenant);
  }

  private Progress publish(PartitionContext context, ExecutionContext state) {
    lines.publish(context.run().run(), day(context.run()), clock.instant());
    return Progress.finished(1);
  }

  private List<Partition> filesToWrite(RunContext run) {
    return folder == null
        ? List.of()
        : TenantGroup.asPartitions(lines.groups(run.date(DATE), GROUP));
  }

  private Progress writeFiles(PartitionContext context, ExecutionContext state) throws IOException {
    RunContext run = context.run();
    SequencedMap<String, List<StatementLine>> next =
        lines.next(run.run(), run.date(DATE), left(context, state), TENANTS);
    if (next.isEmpty()) {
      return Progress.finished(0);
    }
    for (Map.Entry<String, List<StatementLine>> each : next.entrySet()) {
      writeFiles(run, each.getKey(), each.getValue());
    }
    return goOn(state, next);
  }

  private void writeFiles(RunContext run, String tenant, List<StatementLine> own)
      throws IOException {
    BusinessDay day = day(run);
    LocalDate date = day.date();
    if (folder == null) {
      return;
    }
    if (own.isEmpty()) {
      folder.remove(date, tenant, "csv");
      folder.remove(date, tenant, "json");
      return;
    }
    folder.write(run.run(), date, tenant, "csv", text.csv(day, own));
    folder.write(run.run(), date, tenant, "json", text.json(day, tenant, own));
  }

  private Progress tidyUp(PartitionContext context, ExecutionContext state) {
    RunContext run = context.run();
    int deleted =
        parts.forget(run.run(), ROWS) + lines.forgetOthers(run.run(), run.date(DATE), ROWS);
    return new Progress(deleted, deleted == 0);
  }

  private List<ControlTotal> totals(RunContext run) {
    Ends expected = Objects.requireNonNull(transaction.execute(_ -> jobs.ends(day(run).whole())));
    Ends actual = lines.ends(run.run(), run.date(DATE));
    return List.of(
        ControlTotal.of("jobs that succeeded", expected.succeeded(), actual.succeeded()),
        ControlTotal.of("jobs that failed", expected.failed(), actual.failed()),
        ControlTotal.of("jobs that were cancelled", expected.cancelled(), actual.cancelled()),
        ControlTotal.of("jobs that expired", expected.expired(), actual.expired()));
  }

  private static TenantGroup left(PartitionContext context, ExecutionContext state) {
    TenantGroup group = TenantGroup.of(context.partition());
    return state.containsKey(BEHIND) ? group.behind(state.getString(BEHIND)) : group;
  }

  /** All of the next tenants are done; if there were few of them nothing is left. */
  private static Progress goOn(ExecutionContext state, SequencedMap<String, ?> tenants) {
    state.putString(BEHIND, tenants.lastEntry().getKey());
    return new Progress(tenants.size(), tenants.size() < TENANTS);
  }

  private static String micros(Instant at) {
    return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at));
  }

  private static Instant instant(Partition partition, String attribute) {
    return Instant.EPOCH.plus(partition.number(attribute), ChronoUnit.MICROS);
  }
}
