package io.millrace.core.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigningKeyTest {

  /** RFC 8032, section 7.1, test 1: its private key, its public key, and the empty message. */
  private static final String RFC_8032_PRIVATE = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";

  private static final String RFC_8032_BOTH =
      "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2DXWpgBgrEKt9VL/tPJZAc6DuFy89qmIyWvAhpo9wdRGg==";

  private static final String RFC_8032_SIGNATURE =
      "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc+bRr0lv18FlbviRlUUFDjnoQCw==";

  @Test
  void signsAsTheRfcOfEd25519Shows() {
    for (String key : List.of(RFC_8032_PRIVATE, RFC_8032_BOTH)) {
      assertThat(SigningKey.parse("whsk_" + key).sign(new byte[0]))
          .isEqualTo("v1a," + RFC_8032_SIGNATURE);
    }
  }

  @Test
  void isReadBackFromItsText() {
    for (String text :
        List.of("whsec_" + base64(24), "whsec_" + base64(64), "whsk_" + RFC_8032_BOTH)) {
      SigningKey key = SigningKey.parse(" " + text + "\n");

      assertThat(key.text()).isEqualTo(text);
      assertThat(SigningKey.parse(key.text()).sign("x".getBytes(UTF_8)))
          .isEqualTo(key.sign("x".getBytes(UTF_8)));
    }
  }

  @Test
  void hasAnIdThatTellsItFromOthersAndNothingElse() {
    SigningKey key = SigningKey.parse("whsec_" + base64(24));

    assertThat(key.id()).matches("[0-9a-f]{12}");
    assertThat(key.id()).isNotEqualTo(SigningKey.parse("whsec_" + base64(25)).id());
    assertThat(SigningKey.parse("whsk_" + RFC_8032_BOTH).id())
        .isEqualTo(SigningKey.parse("whsk_" + RFC_8032_PRIVATE).id());
    assertThat(key.toString()).doesNotContain(base64(24));
  }

  @Test
  void refusesWhatIsNoKeyWithoutRepeatingIt() {
    String anothers = // the public key of RFC 8032's test 2, behind the private one of test 1
        "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A9QBfD6EOJWpK3CqdNG368nJgsz8LsSWjM1VAfGV5mDA==";
    for (String wrong :
        List.of(
            base64(32),
            "whsec_" + base64(23),
            "whsec_" + base64(65),
            "whsec_%%%%",
            "whpk_" + base64(32),
            "whsk_" + base64(31),
            "whsk_" + base64(64),
            "whsk_" + anothers)) {
      assertThatIllegalArgumentException()
          .as(wrong)
          .isThrownBy(() -> SigningKey.parse(wrong))
          .withMessageNotContaining(wrong.substring(wrong.indexOf('_') + 1));
    }
  }

  private static String base64(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 7);
    }
    return Base64.getEncoder().encodeToString(bytes);
  }
}
