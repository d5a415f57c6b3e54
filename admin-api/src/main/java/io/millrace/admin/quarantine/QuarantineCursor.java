package io.millrace.admin.quarantine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.admin.quarantine.QuarantinedStore.Position;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A place in the list of messages, as text that means nothing to whoever hands it back. */
final class QuarantineCursor {

  private static final Pattern FORM = Pattern.compile("(-?[0-9]{1,18}) ([0-9a-f-]{36})");

  private QuarantineCursor() {}

  static String of(Quarantined message) {
    String text =
        "%d %s"
            .formatted(
                ChronoUnit.MICROS.between(Instant.EPOCH, message.arrivals().first()), message.id());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
  }

  /**
   * The place that {@code cursor} names.
   *
   * @throws ApiProblem if it names none
   */
  static Position parse(String cursor) {
    try {
      Matcher form = FORM.matcher(new String(Base64.getUrlDecoder().decode(cursor), US_ASCII));
      if (form.matches()) {
        return new Position(
            Instant.EPOCH.plus(Long.parseLong(form.group(1)), ChronoUnit.MICROS),
            UUID.fromString(form.group(2)));
      }
    } catch (IllegalArgumentException e) {
      throw unknown(e);
    }
    throw unknown(null);
  }

  private static ApiProblem unknown(@Nullable IllegalArgumentException cause) {
    return new ApiProblem(
            ProblemType.INVALID_PARAMETER,
            "after is no place in the list of messages: take it from 'next' of the page before",
            cause)
        .with("parameter", "after");
  }
}
