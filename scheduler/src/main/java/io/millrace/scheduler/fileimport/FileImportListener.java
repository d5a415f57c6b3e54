package io.millrace.scheduler.fileimport;

/** Is told what happens to files. Called by the thread that it happens on; returns at once. */
@FunctionalInterface
interface FileImportListener {

  void on(FileImportEvent event);
}
