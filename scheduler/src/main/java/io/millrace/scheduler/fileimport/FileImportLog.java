package io.millrace.scheduler.fileimport;

import io.millrace.scheduler.fileimport.FileImportEvent.FileFound;
import io.millrace.scheduler.fileimport.FileImportEvent.FileLeft;
import io.millrace.scheduler.fileimport.FileImportEvent.InboxSeen;
import io.millrace.scheduler.fileimport.FileImportEvent.LinesImported;
import io.millrace.scheduler.fileimport.FileImportEvent.WatchFailed;
import io.millrace.scheduler.fileimport.FileImportEvent.WatchRecovered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to the log: a constant phrase and keys. */
final class FileImportLog implements FileImportListener {

  private static final Logger LOG = LoggerFactory.getLogger("millrace.file-import");

  @Override
  public void on(FileImportEvent event) {
    switch (event) {
      case InboxSeen _ -> {}
      case LinesImported e ->
          LOG.atDebug()
              .addKeyValue("source", e.source())
              .addKeyValue("jobs", e.jobs())
              .addKeyValue("duplicates", e.duplicates())
              .addKeyValue("rejected", e.rejected())
              .log("lines imported");
      case FileFound e ->
          LOG.atInfo()
              .addKeyValue("file", e.file())
              .addKeyValue("run", e.run())
              .log("file found in the inbox");
      case FileLeft e ->
          LOG.atWarn()
              .addKeyValue("file", e.file())
              .addKeyValue("reason", e.reason())
              .log("file left in the inbox");
      case WatchFailed e ->
          LOG.atWarn().addKeyValue("reason", e.reason()).log("the inbox cannot be looked at");
      case WatchRecovered _ -> LOG.atInfo().log("the inbox is looked at again");
    }
  }
}
