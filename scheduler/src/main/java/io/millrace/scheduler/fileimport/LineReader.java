package io.millrace.scheduler.fileimport;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads where the lines of a file are. What it saves is where the next one begins, so that after a
 * restart nothing is read again. For one thread.
 */
final class LineReader implements ItemStreamReader<Line> {

  static final String AT = "file-import.at";
  static final String NUMBER = "file-import.number";

  private final Path path;
  private final ImportSource source;
  private @Nullable OpenFile file;
  private @Nullable LineScanner lines;

  LineReader(Path path, ImportSource source) {
    this.path = path;
    this.source = source;
  }

  @Override
  public void open(ExecutionContext saved) {
    try {
      OpenFile opened = OpenFile.of(path, source);
      file = opened;
      lines =
          saved.containsKey(AT)
              ? opened.scanner(saved.getLong(AT), saved.getLong(NUMBER))
              : opened.lines();
    } catch (IOException e) {
      throw new ItemStreamException("the file " + path + " cannot be opened", e);
    }
  }

  @Override
  public @Nullable Line read() throws IOException {
    if (lines == null) {
      throw new IllegalStateException("the file " + path + " is not open");
    }
    return lines.next();
  }

  @Override
  public void update(ExecutionContext saved) {
    if (lines != null) {
      saved.putLong(AT, lines.at());
      saved.putLong(NUMBER, lines.number());
    }
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
