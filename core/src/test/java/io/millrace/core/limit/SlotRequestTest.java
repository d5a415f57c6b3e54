package io.millrace.core.limit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlotRequestTest {

  private static final List<RateLimit> FIFTY = List.of(RateLimit.of("50/s"));

  @Test
  void isOfAKeyThatIsLimited() {
    assertThatThrownBy(() -> new SlotRequest("partner", List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing limits partner");
  }

  @Test
  void isForOneCallAtLeastAndTenThousandAtMost() {
    for (int calls : new int[] {0, 10_001}) {
      assertThatThrownBy(() -> new SlotRequest("partner", FIFTY, calls))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("calls wanted of partner");
    }
  }
}
