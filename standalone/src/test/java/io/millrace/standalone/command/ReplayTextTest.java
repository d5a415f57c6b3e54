package io.millrace.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayTextTest {

  private static final String RUNNING =
      """
      {"id":"6b1c","state":"RUNNING","requestedBy":"ann","jobs":{"group":"1f0c"},"edit":"PATCH","perSecond":500,"canary":10,
       "canaryShare":90,"total":12000,"replayed":3000,"refused":2,"replayedPerSecond":412.3,"secondsLeft":75,
       "createdAt":"2026-11-22T10:00:00Z","outcomes":{"open":1000,"succeeded":1999,"failed":1},
       "refusals":[{"job":"7f00","reason":"/a: is a string"},{"job":"7f01","reason":"its deadline has passed"}]}
      """;
  private static final String STOPPED =
      """
      {"id":"7f","state":"STOPPED","requestedBy":"bo","jobs":{"filter":{"type":"a.b"}},"perSecond":100,"canary":0,"total":5,
       "replayed":0,"refused":0,"createdAt":"2026-11-21T10:00:00Z"}
      """;

  @Test
  void showsAReplayWithWhatItHasRefused() {
    assertThat(ReplayText.of(json(RUNNING)))
        .isEqualToNormalizingNewlines(
            """
            replay    6b1c
            state     RUNNING
            jobs      {"group":"1f0c"}
            pace      at most 500 a second
            canary    10 first, of which 90 % have to succeed
            made      2026-11-22T10:00:00Z by ann
            progress  3,000 of 12,000 replayed, 1,999 succeeded, 1 failed again, 2 refused, 412/s, 1 min 15 s left
            refused   7f00: /a: is a string
            refused   7f01: its deadline has passed""");
  }

  @Test
  void saysWhyAReplayHasPausedAndPromisesNothing() {
    String text =
        ReplayText.of(
            json(
                """
                {"id":"6b1c","state":"PAUSED","reason":"1 of the first 2 jobs did not succeed","total":9,"replayed":2,
                 "replayedPerSecond":99.9}"""));

    assertThat(text)
        .contains("why       1 of the first 2 jobs did not succeed")
        .contains("progress  2 of 9 replayed, 99.9/s")
        .doesNotContain("left", "canary", "ended");
  }

  @Test
  void saysWhenItEndedAndWhatItDidNotComeTo() {
    String text =
        ReplayText.of(
            json(
                """
                {"id":"6b1c","state":"DONE","endedAt":"2026-11-22T10:05:00Z","total":9,"replayed":7,"passedOver":2}"""));

    assertThat(text)
        .contains("ended     2026-11-22T10:05:00Z")
        .contains("progress  7 of 9 replayed, 2 no longer failed");
  }

  @Test
  void givesEachReplayALine() {
    assertThat(ReplayText.table(List.of(json(RUNNING), json(STOPPED))))
        .isEqualToNormalizingNewlines(
            """
            id    state    made                  by   replayed  of      refused  speed
            6b1c  RUNNING  2026-11-22T10:00:00Z  ann  3,000     12,000  2        412/s
            7f    STOPPED  2026-11-21T10:00:00Z  bo   0         5       0        -""");
  }

  @ParameterizedTest
  @CsvSource({"0, 0 s", "59, 59 s", "90, 1 min 30 s", "7380, 2 h 3 min"})
  void saysHowLongItStillNeeds(long seconds, String said) {
    JsonNode replay = json("{\"total\":9,\"replayed\":3,\"secondsLeft\":%d}".formatted(seconds));

    assertThat(ReplayText.progress(replay)).isEqualTo("3 of 9 replayed, " + said + " left");
  }

  @Test
  void letsNobodyControlTheTerminal() {
    assertThat(ReplayText.of(json("{\"refusals\":[{\"job\":\"1\",\"reason\":\"a\\u001b[2J\"}]}")))
        .doesNotContain("\u001b");
  }

  private static JsonNode json(String replay) {
    return JsonMapper.shared().readTree(replay);
  }
}
