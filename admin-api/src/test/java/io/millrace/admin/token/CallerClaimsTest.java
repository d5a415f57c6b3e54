package io.millrace.admin.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Role;
import io.millrace.admin.token.TokenProperties.ClaimNames;
import io.millrace.core.access.Allowed;
import io.millrace.core.access.Scope;
import io.millrace.core.access.TypePattern;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallerClaimsTest {

  private static final CallerClaims CLAIMS = new CallerClaims(ClaimNames.OURS);

  @Test
  void grantsNothingThatIsNotSaid() {
    assertThat(caller("unrelated", List.of("admin")))
        .isEqualTo(
            new Caller(
                "ann", Set.of(), new Scope(new Allowed.Only<>(Set.of()), Allowed.all()), false));
  }

  @Test
  void readsRolesAndLeavesOutThoseOfOthers() {
    assertThat(caller("roles", List.of("viewer", "payroll", "ADMIN")).roles())
        .containsExactly(Role.VIEWER);
    assertThat(caller("roles", " operator  auditor").roles())
        .containsExactlyInAnyOrder(Role.OPERATOR, Role.AUDITOR);
  }

  @Test
  void readsTenants() {
    assertThat(caller("tenants", List.of("acme", "big corp")).scope().tenants())
        .isEqualTo(Allowed.only("acme", "big corp"));
    assertThat(caller("tenants", "big corp").scope().tenants()).isEqualTo(Allowed.only("big corp"));
    assertThat(caller("tenants", List.of("acme", "*")).scope().tenants()).isEqualTo(Allowed.all());
    assertThat(caller("tenants", List.of()).scope().tenants()).isEqualTo(Allowed.only());
  }

  @Test
  void readsTypes() {
    assertThat(caller("types", "loan.* mail.send").scope().types())
        .isEqualTo(Allowed.only(new TypePattern("loan.*"), new TypePattern("mail.send")));
    assertThat(caller("types", List.of("*")).scope().types()).isEqualTo(Allowed.all());
    assertThat(caller("types", List.of()).scope().types()).isEqualTo(Allowed.only());
    assertThat(caller("types", " ").scope().types()).isEqualTo(Allowed.only());
  }

  @Test
  void readsTheScopeOfPayloads() {
    assertThat(caller("scope", "openid millrace:payloads").readsPayloads()).isTrue();
    assertThat(caller("scp", List.of("millrace:payloads")).readsPayloads()).isTrue();
    assertThat(caller("scope", "millrace:payloads2").readsPayloads()).isFalse();
  }

  @Test
  void findsClaimsInsideOthersAndThoseWithDotsInTheirNames() {
    CallerClaims nested =
        new CallerClaims(new ClaimNames("realm_access.roles", "https://acme.example/tenants", "t"));
    Caller caller =
        nested.caller(
            Map.of(
                "sub", "ann",
                "realm_access", Map.of("roles", List.of("viewer")),
                "https://acme.example/tenants", "acme"));

    assertThat(caller.roles()).containsExactly(Role.VIEWER);
    assertThat(caller.scope()).isEqualTo(Scope.ofTenants("acme"));
    assertThat(nested.caller(Map.of("sub", "ann", "realm_access", "x")).roles()).isEmpty();
  }

  @Test
  void refusesWhatItCannotRead() {
    assertRefused("roles", 7, "the claim roles is neither");
    assertRefused("roles", null, "the claim roles is neither");
    assertRefused("tenants", Map.of("a", "*"), "the claim tenants is neither");
    assertRefused("tenants", Arrays.asList("acme", null), "the claim tenants is neither");
    assertRefused("types", List.of(List.of("*")), "the claim types is neither");
    assertRefused("types", "loan*", "'loan*' is no pattern");
    assertRefused("scope", true, "the claim scope is neither");
    assertRefused("sub", " ", "sub is missing");
  }

  private static void assertRefused(String claim, @Nullable Object value, String says) {
    assertThatThrownBy(() -> CLAIMS.caller(claims(claim, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says);
  }

  private static Caller caller(String claim, Object value) {
    return CLAIMS.caller(claims(claim, value));
  }

  @SuppressWarnings("NullAway") // a claim of JSON may be null, whatever the library's types say
  private static Map<String, Object> claims(String claim, @Nullable Object value) {
    Map<String, Object> claims = new HashMap<>(Map.of("sub", "ann"));
    claims.put(claim, value);
    return claims;
  }
}
