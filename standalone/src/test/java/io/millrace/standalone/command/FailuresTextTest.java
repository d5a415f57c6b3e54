package io.millrace.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FailuresTextTest {

  private static final String RATES =
      """
      {"id":"1f0c2d3e4f506172","jobs":3333,"lastAt":"2026-11-22T10:00:00Z","firstAt":"2026-11-22T09:00:00Z","type":"loan.amortize",
       "kind":"com.example.NoRateException","message":"loan <n> has no rate",
       "frames":["com.example.Rates.of","com.example.Loans.amortize"],"samples":["6b1c","7f00"]}
      """;

  @Test
  void givesEachGroupALineAndSaysWhatToDo() {
    String table =
        FailuresText.table(
            List.of(
                json(RATES),
                json(
                    """
                    {"id":"ungrouped","jobs":2,"lastAt":"2026-11-20T10:00:00Z"}""")),
            " --data elsewhere");

    assertThat(table)
        .isEqualToNormalizingNewlines(
            """
            group             jobs  last                  type           failure
            1f0c2d3e4f506172  3333  2026-11-22T10:00:00Z  loan.amortize  NoRateException: loan <n> has no rate
            ungrouped         2     2026-11-20T10:00:00Z                 failed before there were groups
            ./millrace replay --group GROUP --data elsewhere has the jobs of one run once more.""");
  }

  @Test
  void saysThatNothingStandsFailed() {
    assertThat(FailuresText.table(List.of(), "")).isEqualTo("no such job stands failed.");
  }

  @Test
  void cutsALongMessageInTheTableOnly() {
    JsonNode group =
        json("{\"id\":\"1\",\"kind\":\"Broken\",\"message\":\"%s\"}".formatted("x".repeat(500)));

    assertThat(FailuresText.table(List.of(group), "").lines().skip(1).findFirst().orElseThrow())
        .endsWith("x…")
        .hasSizeLessThan(90);
    assertThat(FailuresText.of(group)).contains("x".repeat(500));
  }

  @Test
  void showsAGroupWithItsStackAndSomeOfItsJobs() {
    assertThat(FailuresText.of(json(RATES)))
        .isEqualToNormalizingNewlines(
            """
            group     1f0c2d3e4f506172
            type      loan.amortize
            failure   com.example.NoRateException
            message   loan <n> has no rate
            jobs      3333
            first     2026-11-22T09:00:00Z
            last      2026-11-22T10:00:00Z
            at        com.example.Rates.of
            at        com.example.Loans.amortize
            job       6b1c
            job       7f00""");
  }

  @Test
  void letsNobodyControlTheTerminal() {
    JsonNode group = json("{\"id\":\"1\",\"kind\":\"K\",\"message\":\"a\\u001b[2J\"}");

    assertThat(FailuresText.of(group)).doesNotContain("\u001b");
    assertThat(FailuresText.table(List.of(group), "")).doesNotContain("\u001b");
  }

  private static JsonNode json(String group) {
    return JsonMapper.shared().readTree(group);
  }
}
