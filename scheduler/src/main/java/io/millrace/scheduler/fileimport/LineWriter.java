package io.millrace.scheduler.fileimport;

import io.millrace.scheduler.fileimport.LineJobs.Draft;
import io.millrace.scheduler.fileimport.LineResult.Rejected;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;

/**
 * Makes jobs of lines: reads what stands in them, enqueues those that are jobs, and notes what
 * became of each, in the transaction of the chunk. It keeps nothing from one chunk to the next, so
 * a chunk that is not committed leaves nothing. For one thread.
 */
final class LineWriter implements ItemStreamWriter<Line> {

  /** So much is enqueued with one statement, however long the lines of a chunk are. */
  private static final long LARGEST_BATCH = 4L * 1024 * 1024;

  private final UUID run;
  private final Path path;
  private final ImportSource source;
  private final LineJobs jobs;
  private final FileImportStore imports;
  private final Consumer<List<LineResult>> listener;
  private @Nullable OpenFile file;
  private @Nullable LineReading reading;

  /**
   * @param taken the run's file
   * @param listener is told what became of the lines of a chunk, before it is committed
   */
  LineWriter(
      TakenFile taken,
      LineJobs jobs,
      FileImportStore imports,
      Consumer<List<LineResult>> listener) {
    this.run = taken.run();
    this.path = taken.path();
    this.source = taken.source();
    this.jobs = jobs;
    this.imports = imports;
    this.listener = listener;
  }

  @Override
  public void open(ExecutionContext saved) {
    try {
      OpenFile opened = OpenFile.of(path, source);
      file = opened;
      reading = opened.reading();
    } catch (IOException e) {
      throw new ItemStreamException("the file " + path + " cannot be opened", e);
    }
  }

  @Override
  public void write(Chunk<? extends Line> chunk) throws IOException {
    if (file == null || reading == null) {
      throw new IllegalStateException("the file " + path + " is not open");
    }
    List<LineResult> results = new ArrayList<>(chunk.size());
    List<Draft> drafts = new ArrayList<>(chunk.size());
    long bytes = 0;
    for (Line line : chunk) {
      try {
        Draft draft = draft(file, reading, line);
        drafts.add(draft);
        bytes += draft.message().payload().length;
      } catch (RejectedLineException e) {
        results.add(new Rejected(line, e.reason()));
      }
      if (bytes > LARGEST_BATCH) {
        results.addAll(jobs.enqueue(drafts));
        drafts.clear();
        bytes = 0;
      }
    }
    if (!drafts.isEmpty()) {
      results.addAll(jobs.enqueue(drafts));
    }
    imports.add(run, results);
    listener.accept(results);
  }

  private Draft draft(OpenFile opened, LineReading payloads, Line line)
      throws RejectedLineException, IOException {
    if (line.fault() != null) {
      throw new RejectedLineException(line.fault());
    }
    return new Draft(line, source.job(payloads, opened.bytes(line)));
  }

  @Override
  public void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new ItemStreamException("the file " + path + " cannot be closed", e);
      }
    }
  }
}
