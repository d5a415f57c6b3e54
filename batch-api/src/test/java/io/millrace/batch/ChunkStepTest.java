package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemProcessor;

class ChunkStepTest {

  private static final RunContext RUN = new RunContext(new UUID(0, 1), Map.of());
  private static final PartitionContext PARTITION = new PartitionContext(RUN, Partition.whole(2));

  private final List<String> written = new ArrayList<>();

  @Test
  void makesItsPartsForEachPartition() throws Exception {
    ItemProcessor<String, String> louder = item -> item + "!";
    ChunkStep<String, String> step =
        described("greet").processor(_ -> louder).partitions(_ -> List.of()).build();

    String read = Objects.requireNonNull(step.reader(PARTITION).read());
    String made = Objects.requireNonNull(step.processor(PARTITION)).process(read);
    step.writer(PARTITION).write(Chunk.of(Objects.requireNonNull(made)));

    assertThat(written).containsExactly("hello from all!");
    assertThat(step.reader(PARTITION)).isNotSameAs(step.reader(PARTITION));
    assertThat(step.partitioning().partitions(RUN)).isEmpty();
  }

  @Test
  void skipsAndRetriesNothingUnlessItIsSaid() throws Exception {
    ChunkStep<String, String> step = described("plain").build();

    assertThat(step.name()).isEqualTo("plain");
    assertThat(step.chunk()).isEqualTo(500);
    assertThat(step.processor(PARTITION)).isNull();
    assertThat(step.skippable()).isEmpty();
    assertThat(step.skipLimit()).isZero();
    assertThat(step.retryable()).isEmpty();
    assertThat(step.retries()).isZero();
    assertThat(step.partitioning().partitions(RUN)).containsExactly(Partition.whole(0));
  }

  @Test
  void addsUpFailuresAndTakesTheLastLimit() {
    ChunkStep<String, String> step =
        described("patient")
            .chunk(1)
            .skip(5, IllegalArgumentException.class)
            .skip(10, ArithmeticException.class)
            .retry(1, IOException.class)
            .retry(3, IllegalStateException.class)
            .build();

    assertThat(step.chunk()).isEqualTo(1);
    assertThat(step.skippable())
        .containsExactlyInAnyOrder(IllegalArgumentException.class, ArithmeticException.class);
    assertThat(step.skipLimit()).isEqualTo(10);
    assertThat(step.retryable())
        .containsExactlyInAnyOrder(IOException.class, IllegalStateException.class);
    assertThat(step.retries()).isEqualTo(3);
  }

  @Test
  void staysAsItWasBuilt() {
    ChunkStep.Builder<String, String> builder = described("kept").skip(1, IOException.class);

    ChunkStep<String, String> step = builder.build();
    builder.chunk(7).skip(9, ArithmeticException.class).retry(2, IOException.class);

    assertThat(step.chunk()).isEqualTo(500);
    assertThat(step.skipLimit()).isEqualTo(1);
    assertThat(step.skippable()).containsExactly(IOException.class);
    assertThat(step.retries()).isZero();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> described("a").chunk(0))
        .withMessage("a chunk has 1 to 100,000 items, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> described("a").chunk(100_001))
        .withMessage("a chunk has 1 to 100,000 items, not 100,001");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> described("a").skip(-1, IOException.class))
        .withMessage("a step leaves out 0 items or more, not -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> described("a").retry(-1, IOException.class))
        .withMessage("a step tries again 0 times or more, not -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkStep.named("Not A Name"))
        .withMessageContaining("a step's name is words");
    assertThatNullPointerException()
        .isThrownBy(() -> ChunkStep.<String, String>named("a").writer(_ -> _ -> {}).build())
        .withMessage("a step of chunks needs a reader");
    assertThatNullPointerException()
        .isThrownBy(() -> ChunkStep.<String, String>named("a").reader(_ -> () -> null).build())
        .withMessage("a step of chunks needs a writer");
  }

  private ChunkStep.Builder<String, String> described(String name) {
    return ChunkStep.<String, String>named(name)
        .reader(context -> () -> "hello from " + context.partition().name())
        .writer(_ -> chunk -> written.addAll(chunk.getItems()));
  }
}
