package io.millrace.scheduler.fileimport;

import java.util.List;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells what became of lines once that is committed. */
record CommittedLines(String source, FileImportListener listener) {

  void add(List<LineResult> results) {
    long duplicates = results.stream().filter(LineResult.Duplicate.class::isInstance).count();
    long rejected = results.stream().filter(LineResult.Rejected.class::isInstance).count();
    FileImportEvent.LinesImported imported =
        new FileImportEvent.LinesImported(
            source, results.size() - duplicates - rejected, duplicates, rejected);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            listener.on(imported);
          }
        });
  }
}
