package io.millrace.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointTest {

  @Test
  void namesTheHostThatIsCalled() {
    assertThat(new EndpointUrl("https://Hooks.Example.com/a?b=c").destination())
        .isEqualTo("hooks.example.com");
    assertThat(new EndpointUrl("https://hooks.example.com:443").destination())
        .isEqualTo("hooks.example.com");
    assertThat(new EndpointUrl("http://hooks.example.com:443/").destination())
        .isEqualTo("hooks.example.com:443");
    assertThat(new EndpointUrl("http://[2001:db8::1]:8080/").destination())
        .isEqualTo("[2001:db8::1]:8080");
    assertThat(new EndpointUrl("https://example.com/?token=abc").toString()).doesNotContain("abc");
  }

  @Test
  void refusesUrlsThatAreNoneWithoutRepeatingThem() {
    for (String wrong :
        List.of(
            "",
            "hooks.example.com",
            "/path",
            "ftp://example.com/token",
            "https:///token",
            "https://user:token@example.com/",
            "https://example.com/#token",
            "https://exa mple.com/token",
            "https://a_b.example.com/token",
            "https://" + "a.".repeat(125) + "com/token",
            "https://example.com/" + "t".repeat(2_000))) {
      assertThatIllegalArgumentException()
          .as(wrong)
          .isThrownBy(() -> new EndpointUrl(wrong))
          .withMessageNotContaining("token");
    }
  }

  @Test
  void wantsTheEventsThatItNames() {
    Subscription some = subscription("invoice.*", "order.placed");

    assertThat(some.wants("invoice.paid")).isTrue();
    assertThat(some.wants("invoice.item.added")).isTrue();
    assertThat(some.wants("order.placed")).isTrue();
    assertThat(some.wants("invoice")).isFalse();
    assertThat(some.wants("invoices.paid")).isFalse();
    assertThat(some.wants("order.placed.again")).isFalse();
    assertThat(subscription().wants("anything")).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> subscription("*"));
    assertThatIllegalArgumentException().isThrownBy(() -> subscription("a b"));
  }

  @Test
  void hasAnIdOfPlainSigns() {
    assertThat(new EndpointId("a tenant", "o-1.x_y").toString()).isEqualTo("a tenant/o-1.x_y");
    for (String wrong : List.of("", "-a", "a/b", "a b", "a".repeat(101))) {
      assertThatIllegalArgumentException().isThrownBy(() -> new EndpointId("acme", wrong));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new EndpointId("", "a"));
  }

  private static Subscription subscription(String... types) {
    return new Subscription(new EndpointUrl("https://example.com"), "", List.of(types));
  }
}
