package io.millrace.admin.jobs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.admin.problem.ApiProblem;
import io.millrace.client.contract.JobId;
import io.millrace.core.job.JobState;
import io.millrace.core.store.ListedJob.Position;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T12:00:00.123456Z",
        "1969-12-31T23:59:59.999999Z",
        "9999-12-31T00:00:00Z"
      })
  void leadsBackToItsPlace(String at) {
    Position place = new Position(Instant.parse(at), JobId.of("acme", "1"));

    String cursor = Cursor.of(JobState.RUNNING, place);

    assertThat(Cursor.parse(JobState.RUNNING, cursor)).isEqualTo(place);
    assertThat(cursor).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void leadsNowhereInAnotherList() {
    String cursor = Cursor.of(JobState.FAILED, new Position(Instant.EPOCH, JobId.of("acme", "1")));

    assertRefused(cursor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "RUNNING",
        "RUNNING 1 x",
        "RUNNING 1 ------------------------------------",
        "RUNNING 9999999999999999999 6b1c25a6-0a3f-8000-8000-000000000000"
      })
  void refusesWhatIsNone(String text) {
    assertRefused(Base64.getUrlEncoder().encodeToString(text.getBytes(US_ASCII)));
    assertRefused(text + "!");
  }

  private static void assertRefused(String cursor) {
    assertThatThrownBy(() -> Cursor.parse(JobState.RUNNING, cursor))
        .isInstanceOf(ApiProblem.class)
        .hasMessageContaining(
            "after is no place in the list of RUNNING jobs: take it from 'next' of the page before");
  }
}
