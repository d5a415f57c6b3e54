package io.millrace.admin.jobs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.client.contract.JobId;
import io.millrace.core.job.JobState;
import io.millrace.core.store.ListedJob.Position;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the list of the jobs in one state, as text that means nothing to whoever hands it
 * back.
 */
final class Cursor {

  private static final Pattern FORM =
      Pattern.compile("([A-Z]{1,20}) (-?[0-9]{1,18}) ([0-9a-f-]{36})");

  private Cursor() {}

  static String of(JobState state, Position position) {
    String text =
        "%s %d %s"
            .formatted(
                state, ChronoUnit.MICROS.between(Instant.EPOCH, position.at()), position.id());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
  }

  /**
   * The place that {@code cursor} names.
   *
   * @throws ApiProblem if it names none in the list of {@code state}
   */
  static Position parse(JobState state, String cursor) {
    try {
      Matcher form = FORM.matcher(new String(Base64.getUrlDecoder().decode(cursor), US_ASCII));
      if (form.matches() && form.group(1).equals(state.name())) {
        return new Position(
            Instant.EPOCH.plus(Long.parseLong(form.group(2)), ChronoUnit.MICROS),
            JobId.parse(form.group(3)));
      }
    } catch (IllegalArgumentException e) {
      throw unknown(state, e);
    }
    throw unknown(state, null);
  }

  private static ApiProblem unknown(JobState state, @Nullable IllegalArgumentException cause) {
    return new ApiProblem(
            ProblemType.INVALID_PARAMETER,
            "after is no place in the list of %s jobs: take it from 'next' of the page before"
                .formatted(state),
            cause)
        .with("parameter", "after");
  }
}
