package io.millrace.scheduler.fileimport;

import io.millrace.batch.PermanentBatchFailure;
import java.util.List;
import java.util.Optional;

/** The sources that are configured. */
record ImportSources(List<ImportSource> all) {

  static ImportSources of(FileImportProperties properties) {
    int maxPayload = Math.toIntExact(properties.maxPayload().toBytes());
    return new ImportSources(
        properties.sources().entrySet().stream()
            .map(source -> ImportSource.of(source.getKey(), source.getValue(), maxPayload))
            .toList());
  }

  /** The source that has a file of this name; none if there is none, or more than one. */
  Optional<ImportSource> ofFile(String name) {
    List<ImportSource> found = all.stream().filter(source -> source.has(name)).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /**
   * The source of this name.
   *
   * @throws PermanentBatchFailure if there is none any more
   */
  ImportSource named(String name) {
    return all.stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new PermanentBatchFailure(
                    "the source '%s', by which the file was taken, is not configured here"
                        .formatted(name)));
  }
}
