package io.millrace.admin.problem;

import org.springframework.util.unit.DataSize;

/** Problems that more than one place answers with. */
public final class Problems {

  private Problems() {}

  public static ApiProblem bodyTooLarge(DataSize most) {
    return new ApiProblem(
            ProblemType.TOO_LARGE,
            "the body is larger than %d bytes, which is the most that is taken here"
                .formatted(most.toBytes()))
        .with("most", most.toBytes());
  }

  static ApiProblem bodyTooSlow(Throwable cause) {
    return new ApiProblem(
        ProblemType.TOO_SLOW, "the body takes longer to arrive than is waited for", cause);
  }
}
