package io.millrace.scheduler.fileimport;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.testing.MetersTable;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FileImportMetersTest {

  private static final List<FileImportEvent> ONE_OF_EACH =
      List.of(
          new FileImportEvent.LinesImported("loans", 5, 2, 1),
          new FileImportEvent.FileFound("a.csv", new UUID(1, 1)),
          new FileImportEvent.FileLeft("b.csv", "no"),
          new FileImportEvent.InboxSeen(3, 2),
          new FileImportEvent.WatchFailed("no"),
          new FileImportEvent.WatchRecovered());

  @Test
  void theTableHasExactlyTheMetersOfTheCode() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    FileImportMeters meters = new FileImportMeters(registry);
    ONE_OF_EACH.forEach(meters::on);

    assertThat(registry.getMeters())
        .extracting(meter -> meter.getId().getName())
        .hasSameElementsAs(MetersTable.names("millrace.file.import"));
    assertThat(registry.get("millrace.file.import.lines").tag("result", "JOB").counter().count())
        .isEqualTo(5);
    assertThat(registry.get("millrace.file.import.inbox").gauge().value()).isEqualTo(3);
    assertThat(registry.get("millrace.file.import.left").gauge().value()).isEqualTo(2);
  }

  @Test
  void everyKindOfEventIsFedToTheMeters() {
    assertThat(ONE_OF_EACH.stream().map(Object::getClass))
        .containsExactlyInAnyOrder(FileImportEvent.class.getPermittedSubclasses());
  }
}
