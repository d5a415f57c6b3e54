package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTest {

  @Test
  void keepsWhatIsInIt() {
    Map<String, String> attributes = new HashMap<>(Map.of("from", "1", "region", "north"));

    Partition partition = new Partition("loans 1 to 100", 100, attributes);
    attributes.clear();

    assertThat(partition.number("from")).isEqualTo(1);
    assertThat(partition.text("region")).isEqualTo("north");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> partition.text("to"))
        .withMessage("partition loans 1 to 100 has no attribute 'to'");
    assertThatIllegalArgumentException().isThrownBy(() -> partition.number("region"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\u0000"})
  void hasANameWithoutWhatControls(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Partition(name, 0, Map.of()))
        .withMessageContaining("a partition's name has 1 to 60 characters");
  }

  @Test
  void hasANameOfSixtyCharactersAtMostAndNoFewerThanNoItems() {
    assertThat(new Partition("x".repeat(60), 0, Map.of()).name()).hasSize(60);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Partition("x".repeat(61), 0, Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Partition.whole(-1))
        .withMessage("a partition has no -1 items");
  }

  @Test
  void knowsTheParametersOfItsRun() {
    RunContext run =
        new RunContext(new UUID(0, 1), Map.of("date", "2026-03-31", "days", "-3", "name", "x y"));

    assertThat(run.date("date")).isEqualTo(LocalDate.of(2026, 3, 31));
    assertThat(run.number("days")).isEqualTo(-3);
    assertThat(run.text("name")).isEqualTo("x y");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.date("day"))
        .withMessage("the job has declared no parameter 'day'");
  }

  @Test
  void comparesTotalsAsNumbers() {
    assertThat(new ControlTotal("sum", new BigDecimal("1.50"), new BigDecimal("1.5")).matches())
        .isTrue();
    assertThat(new ControlTotal("sum", new BigDecimal("1.50"), new BigDecimal("1.51")).matches())
        .isFalse();
    assertThat(ControlTotal.of("count", 7, 7).matches()).isTrue();
    assertThat(ControlTotal.of("count", 7, 8).matches()).isFalse();
  }
}
