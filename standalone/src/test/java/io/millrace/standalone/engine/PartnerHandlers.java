package io.millrace.standalone.engine;

import io.millrace.handler.CallContext;
import io.millrace.handler.Calls;
import io.millrace.handler.Handles;
import io.millrace.handler.Integration;
import io.millrace.handler.PermanentFailure;
import io.millrace.handler.TransientFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A partner without a network, that is up or down as a test says, and those that call it. */
@Configuration(proxyBeanMethods = false)
class PartnerHandlers {

  /** What the partner does with a call. */
  enum Mood {
    WELL,
    DOWN,
    BUSY
  }

  /** How the partner is. */
  static volatile Mood mood = Mood.WELL;

  /** How many calls it has had. */
  static final AtomicInteger CALLS = new AtomicInteger();

  /** For how many callers it works at the moment, and how many there were at most. */
  static final AtomicInteger CALLING = new AtomicInteger();

  static final AtomicInteger MOST_CALLING = new AtomicInteger();

  /** The tenants whose calls it has answered, in order. */
  static final List<String> ANSWERED = new CopyOnWriteArrayList<>();

  static final CountDownLatch SINGLE = new CountDownLatch(1);

  /** How long the partner asks to be left alone while it is busy. */
  static final Duration REST = Duration.ofSeconds(3);

  record Question(int number) {}

  record Answer(int number) {}

  /** All of its calls go to one partner. */
  @Handles("test.ask")
  @Calls("partner")
  static final class Ask implements Integration<Question, Answer> {

    @Override
    public Answer call(Question question, CallContext context) throws InterruptedException {
      return answer(question, context);
    }
  }

  /** Each number is another host. */
  @Handles("test.tell")
  static final class Tell implements Integration<Question, Answer> {

    @Override
    public String dependency(Question question) {
      if (question.number() < 0) {
        throw new IllegalArgumentException("there is no host " + question.number());
      }
      return "hosts/host-" + question.number();
    }

    @Override
    public Answer call(Question question, CallContext context) throws InterruptedException {
      if (question.number() == 0) {
        throw new TransientFailure("host 0 is down");
      }
      return answer(question, context);
    }
  }

  /** Calls wait for {@link #SINGLE}. */
  @Handles("test.single")
  @Calls("single")
  static final class Single implements Integration<Question, Answer> {

    @Override
    public Answer call(Question question, CallContext context) throws InterruptedException {
      CALLS.incrementAndGet();
      SINGLE.await();
      return new Answer(question.number());
    }
  }

  private static Answer answer(Question question, CallContext context) throws InterruptedException {
    CALLS.incrementAndGet();
    MOST_CALLING.accumulateAndGet(CALLING.incrementAndGet(), Math::max);
    try {
      Thread.sleep(Duration.ofMillis(2)); // what a call takes
      return switch (mood) {
        case DOWN -> throw new TransientFailure("the partner is down");
        case BUSY -> throw new TransientFailure("the partner is busy", REST, null);
        case WELL -> {
          if (question.number() < 0) {
            throw new PermanentFailure("no such question");
          }
          ANSWERED.add(context.tenant());
          yield new Answer(question.number());
        }
      };
    } finally {
      CALLING.decrementAndGet();
    }
  }

  static void reset() {
    mood = Mood.WELL;
    CALLS.set(0);
    MOST_CALLING.set(0);
    ANSWERED.clear();
  }

  @Bean
  Ask ask() {
    return new Ask();
  }

  @Bean
  Single single() {
    return new Single();
  }

  @Bean
  Tell tell() {
    return new Tell();
  }
}
