package io.millrace.worker;

import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import io.millrace.handler.PermanentFailure;
import io.millrace.handler.TransactionalHandler;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
      context.progress(0.25, "at the gate " + input.gate());
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

  /** What to write, and how to end. */
  public record Deposit(long amount, String end) {}

  /** Adds an amount to the table {@code account}, and ends as it is told. */
  @Handles("test.deposit")
  public static final class Depositing implements TransactionalHandler<Deposit, Product> {
    @Override
    public Product handle(Deposit input, Connection connection, JobContext context)
        throws Exception {
      RUNS.merge(context.messageId(), 1, Integer::sum);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO account (job, amount) VALUES (?, ?)")) {
        insert.setObject(1, context.jobId());
        insert.setLong(2, input.amount());
        insert.executeUpdate();
      }
      switch (input.end()) {
        case "fails" -> throw new PermanentFailure("after the effect");
        case "commits" -> connection.commit();
        case "swallows" -> {
          try (PreparedStatement wrong = connection.prepareStatement("SELECT 1 / 0")) {
            wrong.executeQuery();
          } catch (SQLException _) {
            // as if nothing had happened
          }
        }
        case "waits" -> gate(context.messageId()).await();
        default -> {}
      }
      return new Product(input.amount());
    }
  }

  /** How a handler behaves that should stop. */
  public record Stubbornness(boolean heeds) {}

  /** Runs until it is interrupted, or until its gate opens if it does not heed that. */
  @Handles("test.endless")
  public static final class Endless implements Calculation<Stubbornness, Product> {
    @Override
    public Product calculate(Stubbornness input, JobContext context) throws Exception {
      RUNS.merge(context.messageId(), 1, Integer::sum);
      CountDownLatch gate = gate(context.messageId());
      while (true) {
        try {
          gate.await();
          return new Product(1);
        } catch (InterruptedException e) {
          if (input.heeds()) {
            throw e;
          }
        }
      }
    }
  }

  /** Takes half a second. */
  @Handles("test.slow")
  public static final class Slow implements Calculation<Factors, Product> {
    @Override
    public Product calculate(Factors input, JobContext context) throws Exception {
      Thread.sleep(500);
      return new Product(input.left() * input.right());
    }
  }

  /** Ends the whole process, as a fault in native code would. */
  @Handles("test.crash")
  public static final class Crash implements Calculation<Factors, Product> {
    @Override
    public Product calculate(Factors input, JobContext context) {
      Runtime.getRuntime().halt(134);
      return new Product(0);
    }
  }

  /** Fails as a handler does that recurses without end, or asks for more memory than there is. */
  @Handles("test.greedy")
  public static final class Greedy implements Calculation<Factors, Product> {
    @Override
    public Product calculate(Factors input, JobContext context) {
      return input.left() == 0 ? new Product(depth(1)) : new Product(hoard().size());
    }

    private static long depth(long level) {
      return level < 0 ? 0 : depth(level + 1) + 1;
    }

    private static List<long[]> hoard() {
      List<long[]> hoard = new ArrayList<>();
      while (true) {
        hoard.add(new long[Integer.MAX_VALUE / 16]);
      }
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
  Depositing depositing() {
    return new Depositing();
  }

  @Bean
  Endless endless() {
    return new Endless();
  }

  @Bean
  Slow slow() {
    return new Slow();
  }

  @Bean
  Crash crash() {
    return new Crash();
  }

  @Bean
  Greedy greedy() {
    return new Greedy();
  }

  @Bean
  Ordering ordering() {
    return new Ordering();
  }
}
