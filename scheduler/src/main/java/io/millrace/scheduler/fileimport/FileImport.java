package io.millrace.scheduler.fileimport;

import io.millrace.batch.BatchJob;
import io.millrace.batch.BatchParameter;
import io.millrace.batch.ChunkStep;
import io.millrace.batch.ControlTotal;
import io.millrace.batch.Partition;
import io.millrace.batch.PartitionContext;
import io.millrace.batch.PermanentBatchFailure;
import io.millrace.batch.RunContext;
import io.millrace.batch.Task.Progress;
import io.millrace.batch.TaskStep;
import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.BatchRunStore;
import io.millrace.scheduler.fileimport.FileImportStore.Import;
import io.millrace.scheduler.fileimport.LineResult.NoJob;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The batch job {@code file-import}: takes a file out of the inbox, makes jobs of its lines, lists
 * those that are none, and puts the file away. Every good line becomes one job, however often the
 * run is restarted.
 */
final class FileImport {

  static final String JOB = "file-import";
  static final String FILE = "file";

  /** Who requests runs for what is in the inbox. */
  static final String WATCH = "file-import, the watch of the inbox";

  private static final int PAGE = 10_000;

  private final ImportFolder folder;
  private final ImportSources sources;
  private final FileImportStore imports;
  private final LineJobs jobs;
  private final BatchRunStore runs;
  private final FileImportListener listener;

  FileImport(
      ImportFolder folder,
      ImportSources sources,
      FileImportStore imports,
      LineJobs jobs,
      BatchRunStore runs,
      FileImportListener listener) {
    this.folder = folder;
    this.sources = sources;
    this.imports = imports;
    this.jobs = jobs;
    this.runs = runs;
    this.listener = listener;
  }

  /**
   * The job.
   *
   * @param chunk how many lines a transaction has
   */
  BatchJob job(int chunk) {
    return BatchJob.named(JOB)
        .describedAs("Makes jobs of the lines of a file in the inbox")
        .parameter(
            BatchParameter.Kind.TEXT, FILE, "The name of a file in the inbox, without a path", null)
        .repeatable() // the same name comes again, with other lines
        .step(TaskStep.of("take", (context, _) -> take(context.run())))
        .step(
            ChunkStep.<Line, Line>named("import")
                .partitions(this::partitions)
                .chunk(chunk)
                .reader(this::reader)
                .writer(this::writer)
                .build())
        .step(TaskStep.of("archive", (context, _) -> archive(context.run())))
        .totals(this::totals)
        .build();
  }

  private Progress take(RunContext run) throws IOException {
    String name = run.text(FILE);
    ImportSource source =
        sources
            .ofFile(name)
            .orElseThrow(
                () ->
                    new PermanentBatchFailure(
                        "'%s' is no file of any source, or of more than one: see millrace.file-import.sources"
                            .formatted(name)));
    if (folder.take(name, run.run())) {
      imports.begin(run.run(), source.name(), name);
    } else if (!isOfWatch(run.run())) {
      throw new PermanentBatchFailure("there is no file '%s' in the inbox".formatted(name));
    }
    return Progress.finished(0);
  }

  /** Such a run may find that another one, of the watch of another scheduler, was there before. */
  private boolean isOfWatch(UUID run) {
    return runs.find(run).map(BatchRun::requestedBy).filter(WATCH::equals).isPresent();
  }

  private List<Partition> partitions(RunContext run) throws IOException {
    Optional<TakenFile> taken = taken(run);
    if (taken.isEmpty()) {
      return List.of();
    }
    try (OpenFile file = OpenFile.of(taken.get().path(), taken.get().source())) {
      file.reading(); // a wrong header is told at once
      return List.of(Partition.whole(file.count()));
    }
  }

  private Optional<TakenFile> taken(RunContext run) {
    UUID id = run.run();
    return imports
        .find(id)
        .map(
            it ->
                new TakenFile(
                    id, it.file(), folder.inWork(it.file(), id), sources.named(it.source())));
  }

  private LineReader reader(PartitionContext context) {
    TakenFile file = taken(context.run()).orElseThrow();
    return new LineReader(file.path(), file.source());
  }

  private LineWriter writer(PartitionContext context) {
    TakenFile file = taken(context.run()).orElseThrow();
    return new LineWriter(
        file, jobs, imports, new CommittedLines(file.source().name(), listener)::add);
  }

  private Progress archive(RunContext run) throws IOException {
    Optional<TakenFile> taken = taken(run);
    if (taken.isPresent()) {
      String name = taken.get().name();
      if (!folder.isArchived(name, run.run())) {
        list(taken.get());
      }
      folder.archive(name, run.run());
      imports.forgetListed(run.run());
    }
    return Progress.finished(0);
  }

  private void list(TakenFile taken) throws IOException {
    UUID run = taken.run();
    try (LineListing rejected = new LineListing(folder.rejectedLines(taken.name(), run));
        LineListing duplicates = new LineListing(folder.duplicateLines(taken.name(), run));
        OpenFile file = OpenFile.of(taken.path(), taken.source())) {
      List<NoJob> page = imports.listed(run, 0, PAGE);
      while (!page.isEmpty()) {
        for (NoJob each : page) {
          switch (each) {
            case LineResult.Rejected _ -> rejected.add(each, file.shown(each.line()));
            case LineResult.Duplicate _ -> duplicates.add(each, null);
          }
        }
        page = imports.listed(run, page.getLast().line().number(), PAGE);
      }
      requireAll(run, rejected, duplicates);
      rejected.finish();
      duplicates.finish();
    }
  }

  /** So that a process that was taken for dead never replaces what another has written since. */
  private void requireAll(UUID run, LineListing rejected, LineListing duplicates) {
    Import imported = imports.find(run).orElseThrow();
    if (rejected.lines() != imported.rejected() || duplicates.lines() != imported.duplicates()) {
      throw new IllegalStateException(
          "the lines of run %s are being listed by another process".formatted(run));
    }
  }

  /** The file, counted once more from its beginning, against what the chunks have committed. */
  private List<ControlTotal> totals(RunContext run) throws IOException {
    Optional<Import> imported = imports.find(run.run());
    if (imported.isEmpty()) {
      return List.of();
    }
    Import it = imported.get();
    try (OpenFile file =
        OpenFile.of(folder.inDone(it.file(), run.run()), sources.named(it.source()))) {
      return List.of(
          ControlTotal.of("lines", file.count(), it.lines()),
          ControlTotal.of(
              "rejected",
              it.rejected(),
              LineListing.count(folder.rejectedLines(it.file(), run.run()))),
          ControlTotal.of(
              "duplicates",
              it.duplicates(),
              LineListing.count(folder.duplicateLines(it.file(), run.run()))));
    }
  }
}
