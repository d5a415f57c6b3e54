package io.millrace.examples.lending.credit;

/**
 * What the bureau answers; the result. What else it says is not kept.
 *
 * @param score 0 to 1000; the higher, the likelier the applicant repays
 * @param model how it was computed
 */
public record CreditScore(int score, String model) {

  /**
   * @throws IllegalArgumentException if the bureau answers what no score is
   */
  public CreditScore {
    if (score < 0 || score > 1_000) {
      throw new IllegalArgumentException("a score is 0 to 1000, but is " + score);
    }
    if (model == null) {
      throw new IllegalArgumentException("a score without its model is worth nothing");
    }
  }
}
