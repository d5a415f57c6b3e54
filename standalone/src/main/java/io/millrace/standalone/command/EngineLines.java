package io.millrace.standalone.command;

import io.millrace.standalone.engine.DataFolder;
import io.millrace.standalone.engine.EngineAddress;

/** Where a running engine is, for people. */
final class EngineLines {

  private EngineLines() {}

  static String of(EngineAddress engine, DataFolder folder) {
    return """
      API       %s/v1/jobs/{id}
      token     ./millrace token --role viewer%s
      health    %s
      metrics   %s
      broker    %s
      database  %s (user %s, password in %s)
      log       %s
      publish   ./millrace publish TYPE FILE%s
      stop      ./millrace down%s"""
        .formatted(
            engine.api(),
            folder.option(),
            engine.health(),
            engine.metrics(),
            engine.broker().replaceFirst("(//[^:@/]*):[^@/]*@", "$1@"),
            engine.database().url(),
            engine.database().user(),
            folder.path().resolve("engine.properties"),
            folder.log(),
            folder.option(),
            folder.option());
  }
}
