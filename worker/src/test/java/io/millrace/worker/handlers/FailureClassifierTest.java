package io.millrace.worker.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.handler.PermanentFailure;
import io.millrace.handler.TransientFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailureClassifierTest {

  private final FailureClassifier classifier =
      new FailureClassifier(Set.of("java.io.IOException", "java.lang.NullPointerException"));

  @Test
  void believesWhatTheHandlerSays() {
    assertThat(classifier.classify(new PermanentFailure("no")).permanent()).isTrue();
    assertThat(classifier.classify(new TransientFailure("later")).permanent()).isFalse();
    assertThat(classifier.classify(new TransientFailure("later")).retryAfter()).isNull();
    assertThat(
            classifier
                .classify(new TransientFailure("later", Duration.ofSeconds(7), null))
                .retryAfter())
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void takesEverythingElseForTransientButForWhatIsListedAndWhatIsDerivedFromIt() {
    assertThat(classifier.classify(new IllegalStateException("no")).permanent()).isFalse();
    assertThat(classifier.classify(new StackOverflowError()).permanent()).isFalse();
    assertThat(classifier.classify(new IOException("no")).permanent()).isTrue();
    assertThat(classifier.classify(new FileNotFoundException("no")).permanent()).isTrue();
    assertThat(classifier.classify(new NullPointerException()).permanent()).isTrue();
    assertThat(classifier.classify(new UncheckedIOException(new IOException("inside"))).permanent())
        .as("what is wrapped does not count")
        .isFalse();
  }
}
