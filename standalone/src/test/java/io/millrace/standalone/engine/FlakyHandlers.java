package io.millrace.standalone.engine;

import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import io.millrace.handler.TransientFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Handlers that fail, and remember when they ran. */
@Configuration(proxyBeanMethods = false)
class FlakyHandlers {

  /** When each attempt of each job began, by message id. */
  static final Map<String, List<Instant>> BEGINNINGS = new ConcurrentHashMap<>();

  private static final Random CHANCE = new Random(20261123);

  /** A number. */
  record Value(int value) {}

  /** Fails at random, thirty times in a hundred. */
  @Handles("test.flaky")
  static final class Flaky implements Calculation<Value, Value> {
    @Override
    public Value calculate(Value input, JobContext context) {
      began(context);
      if (failsThisTime()) {
        throw new IllegalStateException("bad luck");
      }
      return input;
    }

    private static boolean failsThisTime() {
      synchronized (CHANCE) {
        return CHANCE.nextInt(100) < 30;
      }
    }
  }

  /** Fails once, and asks for two seconds. */
  @Handles("test.busy")
  static final class Busy implements Calculation<Value, Value> {
    @Override
    public Value calculate(Value input, JobContext context) {
      began(context);
      if (context.attempt() == 1) {
        throw new TransientFailure("come back later", Duration.ofSeconds(2), null);
      }
      return input;
    }
  }

  private static void began(JobContext context) {
    BEGINNINGS
        .computeIfAbsent(context.messageId(), _ -> new CopyOnWriteArrayList<>())
        .add(Instant.now());
  }

  @Bean
  Flaky flaky() {
    return new Flaky();
  }

  @Bean
  Busy busy() {
    return new Busy();
  }
}
