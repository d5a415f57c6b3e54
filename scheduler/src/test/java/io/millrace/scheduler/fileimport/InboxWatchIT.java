package io.millrace.scheduler.fileimport;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.BatchRunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two schedulers look into one inbox. */
class InboxWatchIT {

  private static final Duration SETTLED = Duration.ofSeconds(10);

  @AutoClose private final ImportWorld world = new ImportWorld();
  @TempDir private Path root;
  private final List<FileImportEvent> events = new ArrayList<>();
  private long nanos;

  @BeforeEach
  void configure() {
    world.begin(
        root,
        """
        sources.loans.files: *.csv
        sources.loans.jobs.tenant: acme
        sources.loans.jobs.type: a.b
        """);
  }

  @Test
  void requestsOneRunForAFileThatHasSettled() throws IOException {
    InboxWatch one = watch(SETTLED);
    InboxWatch other = watch(SETTLED);
    world.deliver("a.csv", "x\n");

    one.tick();
    other.tick();
    pass(Duration.ofSeconds(9));
    one.tick();
    assertThat(runs()).isEmpty();
    pass(Duration.ofSeconds(1));
    one.tick();
    other.tick();
    one.tick();

    assertThat(runs())
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.state()).isEqualTo(BatchRunState.REQUESTED);
              assertThat(run.parameters()).isEqualTo(Map.of("file", "a.csv"));
              assertThat(run.requestedBy()).isEqualTo(FileImport.WATCH);
              assertThat(events).contains(new FileImportEvent.FileFound("a.csv", run.id()));
            });
    assertThat(events).last().isEqualTo(new FileImportEvent.InboxSeen(1, 0));
  }

  @Test
  void waitsWhileAFileGrowsOrIsTouched() throws IOException {
    InboxWatch watch = watch(SETTLED);
    world.deliver("a.csv", "x\n");
    watch.tick();
    pass(SETTLED);
    world.deliver("a.csv", "x\n1\n");
    watch.tick();
    pass(SETTLED.minusNanos(1));
    Files.setLastModifiedTime(
        root.resolve("inbox", "a.csv"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    watch.tick();
    pass(SETTLED.minusNanos(1));
    watch.tick();
    assertThat(runs()).isEmpty();

    pass(Duration.ofNanos(1));
    watch.tick();

    assertThat(runs()).hasSize(1);
  }

  @Test
  void leavesWhatIsOnItsWayAndTakesWhatIsRenamedIntoPlace() throws IOException {
    InboxWatch watch = watch(Duration.ZERO);
    world.deliver("a.csv.part", "x\n");
    watch.tick();
    assertThat(runs()).isEmpty();

    Files.move(root.resolve("inbox", "a.csv.part"), root.resolve("inbox", "a.csv"));
    watch.tick();

    assertThat(runs()).hasSize(1);
  }

  @Test
  void requestsTheNextFileOfANameOnceTheRunOfTheLastHasCompleted() throws Exception {
    InboxWatch watch = watch(Duration.ZERO);
    world.deliver("a.csv", "x\n1\n");
    watch.tick();
    world.deliver("a.csv", "x\n2\n");
    watch.tick();
    assertThat(runs()).hasSize(1);

    world.complete();
    watch.tick();

    assertThat(runs()).hasSize(2);
  }

  @Test
  void tellsOnceOfAFileThatNobodyTakes() throws IOException {
    InboxWatch watch = watch(Duration.ZERO);
    world.deliver("a.txt", "x\n");

    watch.tick();
    watch.tick();

    assertThat(runs()).isEmpty();
    assertThat(events)
        .filteredOn(FileImportEvent.FileLeft.class::isInstance)
        .singleElement()
        .asString()
        .contains("a.txt", "millrace.file-import.sources");
    assertThat(events).last().isEqualTo(new FileImportEvent.InboxSeen(1, 1));

    Files.delete(root.resolve("inbox", "a.txt"));
    watch.tick();
    assertThat(events).last().isEqualTo(new FileImportEvent.InboxSeen(0, 0));
  }

  @Test
  void tellsThatAStoppedRunIsInTheWay() throws IOException {
    InboxWatch watch = watch(Duration.ZERO);
    world.deliver("a.csv", "x\n");
    watch.tick();
    BatchRun run = runs().getFirst();
    world.runs().stop(run.id());

    watch.tick();

    assertThat(events)
        .contains(
            new FileImportEvent.FileLeft(
                "a.csv",
                "run %s of a file of this name has stopped: restart it, or abandon it"
                    .formatted(run.id())));

    world.runs().abandon(run.id());
    watch.tick();
    assertThat(runs()).hasSize(2);
    assertThat(events).last().isEqualTo(new FileImportEvent.InboxSeen(1, 0));
  }

  @Test
  void saysOnceThatItCannotLook() throws IOException {
    InboxWatch watch = watch(Duration.ZERO);
    Files.delete(root.resolve("inbox"));

    watch.tick();
    watch.tick();
    Files.createDirectory(root.resolve("inbox"));
    watch.tick();

    assertThat(events)
        .hasExactlyElementsOfTypes(
            FileImportEvent.WatchFailed.class,
            FileImportEvent.InboxSeen.class,
            FileImportEvent.WatchRecovered.class);
  }

  private List<BatchRun> runs() {
    return world.runs().latest(Optional.empty(), 10);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private InboxWatch watch(Duration settledAfter) {
    return new InboxWatch(
        world.folder(),
        world.sources(),
        world.runs(),
        new InboxWatch.Pace(Duration.ofSeconds(5), settledAfter, () -> nanos),
        InstantSource.system(),
        events::add);
  }
}
