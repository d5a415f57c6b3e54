package io.millrace.scheduler.fileimport;

import io.millrace.scheduler.fileimport.LineResult.Duplicate;
import io.millrace.scheduler.fileimport.LineResult.NoJob;
import io.millrace.scheduler.fileimport.LineResult.Rejected;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file that lists lines, each as a JSON object on a line of its own. It is written under another
 * name, and is there, all of it and durable, once it is {@link #finish finished}; with no line in
 * it there is no file. For one thread.
 */
final class LineListing implements Closeable {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final Path target;
  private final Path draft;
  private @Nullable FileOutputStream file;
  private @Nullable OutputStream out;
  private long lines;

  LineListing(Path target) {
    this.target = target;
    this.draft = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
  }

  /**
   * Adds a line.
   *
   * @param text what stands in it; null if it is too long
   */
  void add(NoJob result, byte @Nullable [] text) throws IOException {
    OutputStream listing = opened();
    try (JsonGenerator json = JSON.createGenerator(listing)) {
      json.writeStartObject();
      json.writeNumberProperty("line", result.line().number());
      json.writeNumberProperty("byte", result.line().at());
      json.writeNumberProperty("length", result.line().length());
      switch (result) {
        case Duplicate duplicate -> json.writeStringProperty("messageId", duplicate.messageId());
        case Rejected rejected -> json.writeStringProperty("reason", rejected.reason());
      }
      if (text != null) {
        write(json, text);
      }
      json.writeEndObject();
    }
    listing.write('\n');
    lines++;
  }

  /** How many lines were added. */
  long lines() {
    return lines;
  }

  private static void write(JsonGenerator json, byte[] text) {
    try {
      json.writeStringProperty("text", Utf8.text(text));
    } catch (RejectedLineException _) {
      json.writeName("base64");
      json.writeBinary(text);
    }
  }

  private OutputStream opened() throws IOException {
    if (out == null) {
      file = new FileOutputStream(draft.toFile());
      out = new BufferedOutputStream(file, 64 * 1024);
    }
    return out;
  }

  /** Makes it durable, and gives it its name. */
  void finish() throws IOException {
    if (file != null && out != null) {
      out.flush();
      file.getFD().sync();
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      ImportFolder.sync(target.getParent());
    }
  }

  /** How many lines a listing has; none if it is not there. */
  static long count(Path listing) throws IOException {
    if (!Files.exists(listing)) {
      return 0;
    }
    long lines = 0;
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(listing)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
    Files.deleteIfExists(draft);
  }
}
