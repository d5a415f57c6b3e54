package io.millrace.admin.parameter;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a list that is ordered by time, as text that means nothing to whoever hands it back.
 *
 * @param at in microseconds
 * @param id which orders what has the same time
 */
public record Place(Instant at, UUID id) {

  private static final Pattern FORM =
      Pattern.compile("([a-z-]{1,30}) (-?[0-9]{1,18}) ([0-9a-f-]{36})");

  /** The text. */
  public String in(String list) {
    String text = "%s %d %s".formatted(list, ChronoUnit.MICROS.between(Instant.EPOCH, at), id);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
  }

  /**
   * The place that a text names.
   *
   * @throws io.millrace.admin.problem.ApiProblem if it names none in this list
   */
  public static Place parse(String list, String cursor) {
    try {
      Matcher form = FORM.matcher(new String(Base64.getUrlDecoder().decode(cursor), US_ASCII));
      if (form.matches() && form.group(1).equals(list)) {
        return new Place(
            Instant.EPOCH.plus(Long.parseLong(form.group(2)), ChronoUnit.MICROS),
            UUID.fromString(form.group(3)));
      }
    } catch (IllegalArgumentException _) {
      // It is none of ours.
    }
    throw Parameters.invalid(
        "after", "after is no place in this list: take it from 'next' of the page before");
  }
}
