package io.millrace.worker.http;

import io.millrace.handler.http.HttpResponse;
import io.millrace.worker.http.StructuredList.Item;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * For how long an answer asks to be left alone. Pure.
 *
 * <p>Read are {@code Retry-After} (RFC 9110, section 10.2.3); {@code RateLimit} and {@code
 * RateLimit-Policy} as draft-ietf-httpapi-ratelimit-headers has them since its eighth version, and
 * as its seventh had; {@code RateLimit-Remaining} with {@code RateLimit-Reset}, and both with
 * {@code X-} or {@code X-Rate-Limit-} in front, as many services have them, in seconds or in
 * seconds since 1970. What cannot be read counts as not there.
 */
final class RestTime {

  private static final Duration LONGEST = Duration.ofDays(1);

  private static final List<String> FAMILIES =
      List.of("RateLimit-", "X-RateLimit-", "X-Rate-Limit-");

  private static final Pattern SECONDS = Pattern.compile("\\d{1,15}(?:\\.\\d{1,9})?");

  /** As many seconds from now would be 31 years, so they are since 1970. */
  private static final double SINCE_1970 = 1e9;

  private static final double MILLIS_SINCE_1970 = 1e12;

  private static final Pattern DRAFT_07 =
      Pattern.compile("(?:^|,)\\s*(remaining|reset)\\s*=\\s*(\\d{1,9})");

  private final HttpResponse response;
  private final Instant now;

  private RestTime(HttpResponse response, Instant now) {
    this.response = response;
    this.now = now;
  }

  /**
   * The longest time that the answer speaks of, up to 1 day; empty if it speaks of none. {@code
   * Retry-After} counts where the answer is no success, the others wherever nothing remains.
   */
  static Optional<Duration> of(HttpResponse response, Instant now) {
    RestTime rest = new RestTime(response, now);
    boolean success = response.status() < 300;
    return Stream.of(
            success ? Stream.<Duration>empty() : rest.retryAfter(),
            rest.rateLimit(),
            rest.draft07(),
            rest.families())
        .flatMap(each -> each)
        .filter(each -> each.isPositive())
        .max(Duration::compareTo)
        .map(longest -> longest.compareTo(LONGEST) > 0 ? LONGEST : longest);
  }

  private Stream<Duration> retryAfter() {
    return values("Retry-After")
        .flatMap(
            value ->
                SECONDS.matcher(value).matches()
                    ? Stream.of(seconds(value))
                    : HttpDates.parse(value, now).map(this::until).stream());
  }

  /**
   * {@code RateLimit: "default";r=0;t=30}, the window {@code w} of its policy where t is missing.
   */
  private Stream<Duration> rateLimit() {
    return items("RateLimit")
        .filter(item -> "0".equals(item.parameters().get("r")))
        .flatMap(
            item ->
                Stream.concat(Stream.ofNullable(item.parameters().get("t")), windowOf(item.name()))
                    .limit(1))
        .flatMap(RestTime::parsed);
  }

  private Stream<String> windowOf(String policy) {
    return items("RateLimit-Policy")
        .filter(item -> item.name().equals(policy))
        .flatMap(item -> Stream.ofNullable(item.parameters().get("w")));
  }

  /** {@code RateLimit: limit=100, remaining=0, reset=50}. */
  private Stream<Duration> draft07() {
    return values("RateLimit")
        .flatMap(
            value -> {
              Map<String, String> members =
                  DRAFT_07
                      .matcher(value)
                      .results()
                      .collect(
                          Collectors.toMap(
                              found -> found.group(1), found -> found.group(2), (a, _) -> a));
              return "0".equals(members.get("remaining"))
                  ? Stream.ofNullable(members.get("reset"))
                  : Stream.empty();
            })
        .flatMap(RestTime::parsed);
  }

  private Stream<Duration> families() {
    return FAMILIES.stream()
        .filter(family -> values(family + "Remaining").anyMatch(RestTime::isNothing))
        .flatMap(family -> values(family + "Reset"))
        .filter(value -> SECONDS.matcher(value).matches())
        .map(this::reset);
  }

  private static boolean isNothing(String remaining) {
    return SECONDS.matcher(remaining).matches() && Double.parseDouble(remaining) == 0;
  }

  private Duration reset(String value) {
    double number = Double.parseDouble(value);
    if (number < SINCE_1970) {
      return seconds(value);
    }
    double millis = number < MILLIS_SINCE_1970 ? number * 1_000 : number;
    return until(Instant.ofEpochMilli((long) millis));
  }

  private Duration until(Instant when) {
    try {
      return Duration.between(now, when);
    } catch (DateTimeException | ArithmeticException _) {
      return LONGEST;
    }
  }

  private static Stream<Duration> parsed(String seconds) {
    return SECONDS.matcher(seconds).matches() ? Stream.of(seconds(seconds)) : Stream.empty();
  }

  private static Duration seconds(String value) {
    return Duration.ofMillis((long) Math.ceil(Double.parseDouble(value) * 1_000));
  }

  private Stream<Item> items(String header) {
    return Stream.of(String.join(", ", values(header).toList()))
        .map(StructuredList::parse)
        .flatMap(Collection::stream);
  }

  private Stream<String> values(String header) {
    return response.headers().getOrDefault(header, List.of()).stream().map(String::strip);
  }
}
