package io.millrace.admin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ConcurrencyFilterTest {

  private final ConcurrencyFilter filter = new ConcurrencyFilter(1, Duration.ZERO);

  @Test
  void refusesWhatThereIsNoRoomFor() throws Exception {
    MockHttpServletResponse second = new MockHttpServletResponse();

    MockHttpServletResponse first = asked((_, _) -> ask(second, (_, _) -> {}));
    MockHttpServletResponse third = asked((_, _) -> {});

    assertThat(first.getStatus()).isEqualTo(200);
    assertThat(second.getStatus()).isEqualTo(503);
    assertThat(second.getContentType()).isEqualTo("application/problem+json");
    assertThat(second.getHeader("Retry-After")).isEqualTo("1");
    assertThat(third.getStatus()).isEqualTo(200);
  }

  @Test
  void makesRoomAlsoWhereSomethingFails() throws Exception {
    assertThatThrownBy(
            () ->
                asked(
                    (_, _) -> {
                      throw new ServletException("broken");
                    }))
        .hasMessage("broken");

    assertThat(asked((_, _) -> {}).getStatus()).isEqualTo(200);
  }

  private MockHttpServletResponse asked(FilterChain chain) throws ServletException, IOException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    ask(response, chain);
    return response;
  }

  private void ask(MockHttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    filter.doFilter(new MockHttpServletRequest("GET", "/v1/jobs"), response, chain);
  }
}
