package io.millrace.standalone.engine;

import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Handlers that count how often each job has begun, and take a few milliseconds. */
@Configuration(proxyBeanMethods = false)
class CountingHandlers {

  /** How often a job has begun, by its message id. */
  static final Map<String, Integer> BEGUN = new ConcurrentHashMap<>();

  /** All of them together. */
  static final AtomicInteger TOTAL = new AtomicInteger();

  /** How many are at it. */
  static final AtomicInteger RUNNING = new AtomicInteger();

  /** A number. */
  record Value(int value) {}

  /** Takes a few milliseconds. */
  static class Counting implements Calculation<Value, Value> {
    @Override
    public Value calculate(Value input, JobContext context) throws Exception {
      RUNNING.incrementAndGet();
      TOTAL.incrementAndGet();
      BEGUN.merge(context.messageId(), 1, Integer::sum);
      Thread.sleep(5);
      RUNNING.decrementAndGet();
      return input;
    }
  }

  /** The one that is paused. */
  @Handles("test.counted")
  static final class Counted extends Counting {}

  /** The one that goes on. */
  @Handles("test.other")
  static final class Other extends Counting {}

  @Bean
  Counted counted() {
    return new Counted();
  }

  @Bean
  Other other() {
    return new Other();
  }
}
