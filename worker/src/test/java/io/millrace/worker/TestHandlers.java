package io.millrace.worker;

import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import io.millrace.handler.PermanentFailure;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The handlers of the tests. */
@Configuration(proxyBeanMethods = false)
public class TestHandlers {

  /** How often each message was run in this process. */
  static final Map<String, Integer> RUNS = new ConcurrentHashMap<>();

  /** What {@link Gate} waits for, by the name in its payload. */
  static final Map<String, CountDownLatch> GATES = new ConcurrentHashMap<>();

  /** Two numbers. */
  public record Factors(long left, long right) {}

  /** One number. */
  public record Product(long value) {}

  /** Multiplies; a negative left factor has no result. */
  @Handles("test.multiply")
  public static final class Multiply implements Calculation<Factors, Product> {
    @Override
    public Product calculate(Factors input, JobContext context) {
      RUNS.merge(context.messageId(), 1, Integer::sum);
      if (input.left() < 0) {
        context.log().info("refusing a negative factor");
        throw new PermanentFailure("a negative factor has no product here");
      }
      return new Product(Math.multiplyExact(input.left(), input.right()));
    }
  }

  /** Which gate to wait for. */
  public record Passage(String gate) {}

  /** Waits until its gate opens. */
  @Handles("test.gate")
  public static final class Gate implements Calculation<Passage, Passage> {
    @Override
    public Passage calculate(Passage input, JobContext context) throws Exception {
      RUNS.merge(context.messageId(), 1, Integer::sum);
      CountDownLatch gate = GATES.computeIfAbsent(input.gate(), _ -> new CountDownLatch(1));
      if (!gate.await(60, TimeUnit.SECONDS)) {
        throw new PermanentFailure("nobody opened the gate " + input.gate());
      }
      return input;
    }
  }

  /** Something with a schema. */
  public record Order(String item, int count) {}

  /** Has a schema that asks for more than the record. */
  @Handles(value = "test.order", schema = "test.order.schema.json")
  public static final class Ordering implements Calculation<Order, Product> {
    @Override
    public Product calculate(Order input, JobContext context) {
      return new Product(input.count());
    }
  }

  static CountDownLatch gate(String name) {
    return GATES.computeIfAbsent(name, _ -> new CountDownLatch(1));
  }

  @Bean
  Multiply multiply() {
    return new Multiply();
  }

  @Bean
  Gate gateHandler() {
    return new Gate();
  }

  @Bean
  Ordering ordering() {
    return new Ordering();
  }
}
