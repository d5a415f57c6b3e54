package io.millrace.admin.reason;

import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Why something is done: it is shown to others, and kept. */
public final class Reason {

  private static final int LONGEST = 500;

  private Reason() {}

  /**
   * The reason, if it is one.
   *
   * @param member of the body that has it
   * @throws ApiProblem if there is none, or it is too long
   */
  public static String required(String member, @Nullable String reason) {
    if (reason == null || reason.isBlank()) {
      throw refused(member);
    }
    return checked(member, reason);
  }

  /**
   * The same where none need be given.
   *
   * @return empty if none is
   */
  public static String optional(String member, @Nullable String reason) {
    return reason == null ? "" : checked(member, reason);
  }

  private static String checked(String member, String reason) {
    if (reason.length() > LONGEST || reason.chars().anyMatch(Character::isISOControl)) {
      throw refused(member);
    }
    return reason;
  }

  private static ApiProblem refused(String member) {
    return new ApiProblem(
            ProblemType.INVALID_BODY,
            "say why, in 1 to %d characters without control characters".formatted(LONGEST))
        .with("member", member);
  }
}
