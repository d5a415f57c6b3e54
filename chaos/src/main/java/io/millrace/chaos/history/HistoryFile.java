package io.millrace.chaos.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A history as text, to look into what a verdict names: {@code grep} finds all about a job. */
public final class HistoryFile {

  private HistoryFile() {}

  public static void write(History history, Path file) throws IOException {
    Stream<?> lines =
        Stream.of(
                history.published(),
                history.ran(),
                history.recorded(),
                history.failures(),
                history.announced(),
                history.changes(),
                history.effects())
            .flatMap(part -> part.stream());
    Files.write(file, lines.map(Object::toString).toList());
  }
}
