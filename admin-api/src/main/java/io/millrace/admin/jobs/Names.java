package io.millrace.admin.jobs;

import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.client.contract.ContractNames;

/** Names as the message contract has them, from whoever asks. */
final class Names {

  private Names() {}

  /**
   * Checks the value of a parameter.
   *
   * @throws ApiProblem if no message can have brought such a name
   */
  static void require(String parameter, String value) {
    if (value.isEmpty()
        || value.length() > ContractNames.MAX_NAME_LENGTH
        || value.chars().anyMatch(Character::isISOControl)) {
      throw new ApiProblem(
              ProblemType.INVALID_PARAMETER,
              "%s must have 1 to %d characters, and none of them a control character"
                  .formatted(parameter, ContractNames.MAX_NAME_LENGTH))
          .with("parameter", parameter);
    }
  }
}
