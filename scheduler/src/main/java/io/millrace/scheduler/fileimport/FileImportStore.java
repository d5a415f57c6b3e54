package io.millrace.scheduler.fileimport;

import io.millrace.client.contract.JobId;
import io.millrace.scheduler.fileimport.LineResult.Duplicate;
import io.millrace.scheduler.fileimport.LineResult.NoJob;
import io.millrace.scheduler.fileimport.LineResult.Rejected;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What has become of the lines of files. It joins the transaction at hand and never begins one.
 * Safe for use by many threads.
 */
final class FileImportStore {

  // Locks the new row. A run that takes its file again finds it there.
  private static final String BEGIN =
      """
      INSERT INTO file_import (run_id, source, file) VALUES (:run, :source, :file) ON CONFLICT DO NOTHING
      """;

  // No lock: the primary key.
  private static final String FIND =
      """
      SELECT source, file, jobs, duplicates, rejected FROM file_import WHERE run_id = :run
      """;

  // Locks the row until the chunk is committed.
  private static final String ADD =
      """
      UPDATE file_import SET jobs = jobs + :jobs, duplicates = duplicates + :duplicates, rejected = rejected + :rejected
      WHERE run_id = :run
      """;

  // Locks the new rows: no other transaction has lines of this run.
  private static final String LIST =
      """
      INSERT INTO file_import_line (run_id, line, byte, length, message_id, reason)
      SELECT :run, u.line, u.byte, u.length, u.message_id, u.reason
      FROM unnest(:line::bigint[], :byte::bigint[], :length::bigint[], :messageId::text[], :reason::text[])
      AS u (line, byte, length, message_id, reason)
      """;

  // No lock: the primary key.
  private static final String LISTED =
      """
      SELECT line, byte, length, message_id, reason FROM file_import_line
      WHERE run_id = :run AND line > :after ORDER BY line LIMIT :most
      """;

  // Locks the rows of the run, by the primary key.
  private static final String FORGET = "DELETE FROM file_import_line WHERE run_id = :run";

  // No lock: the primary key.
  private static final String FINGERPRINTS =
      """
      SELECT id, fingerprint FROM job WHERE id = ANY (:id::uuid[])
      """;

  private final JdbcClient jdbc;

  FileImportStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What has become of the lines of a file so far.
   *
   * @param jobs lines that became one
   * @param duplicates lines whose job was there
   */
  record Import(String source, String file, long jobs, long duplicates, long rejected) {

    /** All lines that the run has read. */
    long lines() {
      return jobs + duplicates + rejected;
    }
  }

  /** Notes that a run has a file, if it is not noted yet. */
  void begin(UUID run, String source, String file) {
    jdbc.sql(BEGIN).param("run", run).param("source", source).param("file", file).update();
  }

  /** The run's file; none if it has not taken one. */
  Optional<Import> find(UUID run) {
    return jdbc.sql(FIND)
        .param("run", run)
        .query(
            (row, _) ->
                new Import(
                    row.getString("source"),
                    row.getString("file"),
                    row.getLong("jobs"),
                    row.getLong("duplicates"),
                    row.getLong("rejected")))
        .optional();
  }

  /** Adds up what became of some lines, and lists those that are no jobs. */
  void add(UUID run, List<LineResult> results) {
    List<NoJob> listed =
        results.stream().filter(NoJob.class::isInstance).map(NoJob.class::cast).toList();
    long duplicates = listed.stream().filter(Duplicate.class::isInstance).count();
    int changed =
        jdbc.sql(ADD)
            .param("run", run)
            .param("jobs", results.size() - listed.size())
            .param("duplicates", duplicates)
            .param("rejected", listed.size() - duplicates)
            .update();
    if (changed != 1) {
      throw new IllegalStateException("run %s has no file, and imports one".formatted(run));
    }
    if (!listed.isEmpty()) {
      list(run, listed);
    }
  }

  private void list(UUID run, List<NoJob> results) {
    Long[] numbers = new Long[results.size()];
    Long[] bytes = new Long[results.size()];
    Long[] lengths = new Long[results.size()];
    @Nullable String[] ids = new @Nullable String[results.size()];
    @Nullable String[] reasons = new @Nullable String[results.size()];
    for (int i = 0; i < numbers.length; i++) {
      switch (results.get(i)) {
        case Duplicate duplicate -> ids[i] = duplicate.messageId();
        case Rejected rejected -> reasons[i] = rejected.reason();
      }
      Line line = results.get(i).line();
      numbers[i] = line.number();
      bytes[i] = line.at();
      lengths[i] = line.length();
    }
    jdbc.sql(LIST)
        .param("run", run)
        .param("line", numbers)
        .param("byte", bytes)
        .param("length", lengths)
        .param("messageId", ids)
        .param("reason", reasons)
        .update();
  }

  /**
   * Lines that became no job, in their order.
   *
   * @param after the number of the line behind which to begin
   * @param most 1 or more
   */
  List<NoJob> listed(UUID run, long after, int most) {
    return jdbc.sql(LISTED)
        .param("run", run)
        .param("after", after)
        .param("most", most)
        .query((row, _) -> listed(row))
        .list();
  }

  private static NoJob listed(ResultSet row) throws SQLException {
    Line line = new Line(row.getLong("line"), row.getLong("byte"), row.getLong("length"), null);
    String messageId = row.getString("message_id");
    return messageId == null
        ? new Rejected(line, row.getString("reason"))
        : new Duplicate(line, messageId);
  }

  /** Forgets the lines that are listed, since files list them now. */
  void forgetListed(UUID run) {
    jdbc.sql(FORGET).param("run", run).update();
  }

  /** The fingerprints of those of these jobs that are recorded. */
  Map<JobId, UUID> fingerprints(Collection<JobId> jobs) {
    Map<JobId, UUID> found = new HashMap<>();
    jdbc.sql(FINGERPRINTS)
        .param("id", jobs.stream().map(JobId::toString).toArray(String[]::new))
        .query(
            row -> {
              found.put(
                  new JobId(row.getObject("id", UUID.class)),
                  row.getObject("fingerprint", UUID.class));
            });
    return found;
  }
}
