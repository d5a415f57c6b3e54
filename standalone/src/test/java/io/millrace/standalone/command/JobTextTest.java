package io.millrace.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JobTextTest {

  @Test
  void showsAJobThatHasItsResult() {
    String text =
        text(
            """
            {"id":"6b1c","tenant":"demo","type":"loan.amortize","messageId":"m-1","lane":"NORMAL",
             "state":"SUCCEEDED","attempt":1,"createdAt":"2026-11-22T10:00:00Z",
             "startedAt":"2026-11-22T10:00:00.1Z","finishedAt":"2026-11-22T10:00:00.25Z",
             "failedAttempts":[],"payload":{"a":1},"result":{"b":2}}
            """);

    assertThat(text)
        .contains("state     SUCCEEDED, attempt 1, lane NORMAL")
        .contains("finished  2026-11-22T10:00:00.25Z (after 0.250 s)")
        .contains("\"b\" : 2")
        .doesNotContain("failure");
  }

  @Test
  void saysThatAResultWasDropped() {
    String text =
        text(
            """
            {"id":"6b1c","state":"SUCCEEDED","attempt":1,"lane":"NORMAL","createdAt":"2026-11-22T10:00:00Z",
             "failedAttempts":[],"payload":{},"resultDroppedAt":"2027-02-20T10:00:00Z"}
            """);

    assertThat(text).contains("result    dropped 2027-02-20T10:00:00Z");
  }

  @Test
  void showsWhyAJobFailed() {
    String text =
        text(
            """
            {"id":"6b1c","state":"FAILED","attempt":2,"lane":"HIGH","createdAt":"2026-11-22T10:00:00Z",
             "failedAttempts":[{"attempt":1,"failedAt":"2026-11-22T10:00:01Z",
               "failure":{"kind":"TransientFailure","message":"busy"}}],
             "failure":{"kind":"PermanentFailure","message":"no such loan"},"payload":{}}
            """);

    assertThat(text)
        .contains("attempt 1 2026-11-22T10:00:01Z TransientFailure: busy")
        .contains("failure   PermanentFailure: no such loan");
  }

  @Test
  void cutsALongResult() {
    String long100 =
        IntStream.range(0, 100)
            .mapToObj(i -> "\"k%d\":%d".formatted(i, i))
            .collect(Collectors.joining(","));

    String text = text("{\"payload\":{},\"result\":{" + long100 + "}}");

    assertThat(text).contains("--json prints all");
    assertThat(text.lines()).hasSizeLessThan(50);
  }

  private static String text(String job) {
    return JobText.of(JsonMapper.shared().readTree(job));
  }
}
