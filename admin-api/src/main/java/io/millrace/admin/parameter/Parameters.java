package io.millrace.admin.parameter;

import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.JobType;
import io.millrace.core.failure.GroupId;
import org.jspecify.annotations.Nullable;

/**
 * Reads values that somebody has sent.
 *
 * @throws ApiProblem from every method, if it is none
 */
public final class Parameters {

  /** The most rows of a page. */
  public static final int MOST = 500;

  /** The rows of a page for whoever does not say. */
  public static final String USUAL = "50";

  private static final int LONGEST_TEXT = 500;

  private Parameters() {}

  /** A name as the message contract has them. */
  public static @Nullable String name(String parameter, @Nullable String value) {
    if (value == null) {
      return null;
    }
    if (value.isEmpty()
        || value.length() > ContractNames.MAX_NAME_LENGTH
        || value.chars().anyMatch(Character::isISOControl)) {
      throw invalid(
          parameter,
          "%s must have 1 to %d characters, and none of them a control character"
              .formatted(parameter, ContractNames.MAX_NAME_LENGTH));
    }
    return value;
  }

  /** Words to look for. */
  public static @Nullable String text(String parameter, @Nullable String value) {
    if (value != null
        && (value.isBlank()
            || value.length() > LONGEST_TEXT
            || value.chars().anyMatch(Character::isISOControl))) {
      throw invalid(
          parameter,
          "%s must have 1 to %d characters, not only spaces, and none of them a control character"
              .formatted(parameter, LONGEST_TEXT));
    }
    return value;
  }

  /** A type of jobs. */
  public static @Nullable JobType type(@Nullable String value) {
    try {
      return value == null ? null : new JobType(value);
    } catch (IllegalArgumentException e) {
      throw invalid("type", String.valueOf(e.getMessage()));
    }
  }

  /** A group of failures. */
  public static @Nullable GroupId group(@Nullable String value) {
    try {
      return value == null ? null : GroupId.parse(value);
    } catch (IllegalArgumentException e) {
      throw invalid("group", String.valueOf(e.getMessage()));
    }
  }

  /** How many rows a page has. */
  public static int limit(int value) {
    if (value < 1 || value > MOST) {
      throw invalid("limit", "limit is %d and has to be 1 to %d".formatted(value, MOST));
    }
    return value;
  }

  /** The answer to a parameter that cannot be so. */
  public static ApiProblem invalid(String parameter, String why) {
    return new ApiProblem(ProblemType.INVALID_PARAMETER, why).with("parameter", parameter);
  }
}
