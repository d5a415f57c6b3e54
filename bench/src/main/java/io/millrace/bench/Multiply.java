package io.millrace.bench;

import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import java.math.BigDecimal;

/** A calculation that costs next to nothing: what is measured is the engine. */
@Handles("bench.multiply")
public final class Multiply implements Calculation<Multiply.Factors, Multiply.Product> {

  /** What is multiplied, and text that makes the payload as long as a real one. */
  public record Factors(BigDecimal left, BigDecimal right, String padding) {}

  /** What comes of it. */
  public record Product(BigDecimal value) {}

  @Override
  public Product calculate(Factors input, JobContext context) {
    return new Product(input.left().multiply(input.right()));
  }
}
