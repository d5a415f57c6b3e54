package io.millrace.standalone.engine;

import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import io.millrace.handler.PermanentFailure;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A handler that fails for one of three causes, until its payload is mended. */
@Configuration(proxyBeanMethods = false)
class FragileHandlers {

  /** How often each job ran, by message id. */
  static final Map<String, AtomicInteger> RUNS = new ConcurrentHashMap<>();

  /** A number, and whether somebody has looked after it. */
  record Order(int number, boolean mended) {}

  /** Fails unless it is mended. */
  @Handles(value = "test.fragile", schema = "/fragile.v1.schema.json")
  static final class Fragile implements Calculation<Order, Order> {

    @Override
    public Order calculate(Order order, JobContext context) {
      RUNS.computeIfAbsent(context.messageId(), _ -> new AtomicInteger()).incrementAndGet();
      if (order.mended()) {
        return order;
      }
      throw switch (order.number() % 3) {
        case 0 -> new PermanentFailure("customer %d is not known".formatted(order.number()));
        case 1 -> new PermanentFailure("order '%d' has no rate".formatted(order.number()));
        default -> new UnsupportedCurrencyFailure("currency of order " + order.number());
      };
    }
  }

  /** A cause of its own. */
  static final class UnsupportedCurrencyFailure extends PermanentFailure {

    private static final long serialVersionUID = 1;

    UnsupportedCurrencyFailure(String message) {
      super(message);
    }
  }

  @Bean
  Fragile fragile() {
    return new Fragile();
  }
}
