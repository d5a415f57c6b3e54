package io.millrace.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.handler.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestTimeTest {

  private static final Instant NOW = Instant.parse("1994-11-06T08:49:07Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120                              | PT2M",
        "1.5                              | PT1.5S",
        "Sun, 06 Nov 1994 08:49:37 GMT    | PT30S",
        "Sunday, 06-Nov-94 08:49:37 GMT   | PT30S",
        "Sun Nov  6 08:49:37 1994         | PT30S",
        "Wed Nov 16 08:49:37 1994         | PT24H",
        "999999999                        | PT24H",
        "Fri, 31 Dec 9999 23:59:59 GMT    | PT24H",
      })
  void heedsRetryAfterInAllItsForms(String value, Duration rest) {
    assertThat(rest(503, "Retry-After: " + value)).contains(rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-5",
        "soon",
        "",
        "9999999999999999999999",
        "Sun, 06 Nov 1994 08:48:37 GMT",
        "Sunday, 06-Nov-93 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 32 Nov 1994 08:49:37 GMT"
      })
  void ignoresARetryAfterThatIsOverOrUnreadable(String value) {
    assertThat(rest(429, "Retry-After: " + value)).isEmpty();
  }

  @Test
  void takesAYearOfTwoDigitsForOneOfTheLastFiftyOrTheNext() {
    Instant now = Instant.parse("2026-11-22T12:00:00Z");

    assertThat(HttpDates.parse("Friday, 01-Jan-27 00:00:00 GMT", now))
        .contains(Instant.parse("2027-01-01T00:00:00Z"));
    assertThat(HttpDates.parse("Sunday, 06-Nov-94 08:49:37 GMT", now))
        .contains(Instant.parse("1994-11-06T08:49:37Z"));
  }

  @Test
  void doesNotTakeALaterLookAtASuccessForARest() {
    assertThat(rest(202, "Retry-After: 120")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RateLimit: \"default\";r=0;t=30                                   | PT30S",
        "RateLimit: default;t=30;r=0                                       | PT30S",
        "RateLimit: \"a\";r=0;t=30, \"b\";r=0;t=60, \"c\";r=1;t=90         | PT1M",
        "RateLimit: \"a\\\"b, c\";r=0;pk=:cHJvamVjdA==:;t=7                | PT7S",
        "RateLimit: limit=100, remaining=0, reset=50                       | PT50S",
        "RateLimit-Remaining: 0;RateLimit-Reset: 12                        | PT12S",
        "X-RateLimit-Remaining: 0;X-RateLimit-Reset: 784111777             | PT24H",
        "X-RateLimit-Remaining: 0;X-RateLimit-Reset: 12.5                  | PT12.5S",
        "x-rate-limit-remaining: 0;x-rate-limit-reset: 12                  | PT12S",
      })
  void restsWhereNothingRemainsAlsoAfterASuccess(String headers, Duration rest) {
    String[] each = headers.startsWith("RateLimit: ") ? new String[] {headers} : headers.split(";");

    assertThat(rest(200, each)).contains(rest);
  }

  @Test
  void readsTheSecondsSince1970() {
    Instant now = Instant.ofEpochSecond(1_800_000_000);

    assertThat(rest(now, 200, "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1800000090"))
        .contains(Duration.ofSeconds(90));
    assertThat(rest(now, 200, "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1800000090000"))
        .contains(Duration.ofSeconds(90));
    assertThat(rest(now, 200, "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1799999000"))
        .isEmpty();
  }

  @Test
  void takesTheWindowOfThePolicyWhereNoTimeIsNamed() {
    assertThat(
            rest(
                200,
                "RateLimit: \"burst\";r=0",
                "RateLimit-Policy: \"day\";q=1000;w=86400, \"burst\";q=10;w=20"))
        .contains(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RateLimit: \"default\";r=5;t=30",
        "RateLimit: \"default\";r=0;t=30,",
        "RateLimit: \"default;r=0;t=30",
        "RateLimit: ;;;",
        "RateLimit: \"default\";r=0;t=x",
        "RateLimit: \"default\" r=0;t=30",
        "RateLimit: limit=100, remaining=7, reset=50",
        "RateLimit-Remaining: 0",
        "RateLimit-Remaining: none",
      })
  void doesNotRestWithoutACause(String header) {
    assertThat(rest(200, header, "RateLimit-Reset: soon")).isEmpty();
  }

  @Test
  void takesTheLongestOfSeveral() {
    assertThat(
            rest(
                429,
                "Retry-After: 10",
                "RateLimit: \"default\";r=0;t=30",
                "X-RateLimit-Remaining: 0",
                "X-RateLimit-Reset: 20"))
        .contains(Duration.ofSeconds(30));
  }

  private static Optional<Duration> rest(int status, String... headers) {
    return rest(NOW, status, headers);
  }

  private static Optional<Duration> rest(Instant now, int status, String... headers) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    Arrays.stream(headers)
        .map(header -> header.split(": ?", 2))
        .forEach(parts -> byName.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts[1]));
    return RestTime.of(new HttpResponse(status, byName, new byte[0], false), now);
  }
}
