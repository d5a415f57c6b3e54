package io.millrace.admin.token;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Role;
import io.millrace.admin.token.TokenProperties.ClaimNames;
import io.millrace.core.access.Allowed;
import io.millrace.core.access.Scope;
import io.millrace.core.access.TypePattern;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of a token say of its caller. A claim that is there and cannot be read makes the
 * whole token worthless: reading it as if it were not there could grant more than was meant.
 */
final class CallerClaims {

  /** A scope of OAuth 2: whoever has it reads what jobs are about. */
  static final String PAYLOADS = "millrace:payloads";

  private static final String EVERYTHING = "*";

  /** RFC 8693, section 4.2; and what some issuers call it. */
  private static final List<String> SCOPE_CLAIMS = List.of("scope", "scp");

  private final ClaimNames names;

  CallerClaims(ClaimNames names) {
    this.names = names;
  }

  /**
   * The caller of a token that was found to be good.
   *
   * @throws IllegalArgumentException if a claim cannot be read; the message says which
   */
  Caller caller(Map<String, Object> claims) {
    if (!(claims.get("sub") instanceof String subject) || subject.isBlank()) {
      throw new IllegalArgumentException("the token does not say whose it is: sub is missing");
    }
    return new Caller(
        subject,
        roles(claims),
        new Scope(tenants(claims), types(claims)),
        SCOPE_CLAIMS.stream()
            .anyMatch(claim -> words(claims, claim).orElse(Set.of()).contains(PAYLOADS)));
  }

  private Set<Role> roles(Map<String, Object> claims) {
    return words(claims, names.roles()).orElse(Set.of()).stream()
        .flatMap(label -> Role.of(label).stream())
        .collect(Collectors.toSet());
  }

  /** Names of tenants may have spaces: a text is one of them. */
  private Allowed<String> tenants(Map<String, Object> claims) {
    Set<String> tenants =
        find(claims, names.tenants()).map(found -> texts(names.tenants(), found)).orElse(Set.of());
    return tenants.contains(EVERYTHING) ? Allowed.all() : new Allowed.Only<>(tenants);
  }

  private Allowed<TypePattern> types(Map<String, Object> claims) {
    Set<String> types = words(claims, names.types()).orElse(Set.of(EVERYTHING));
    return types.contains(EVERYTHING)
        ? Allowed.all()
        : new Allowed.Only<>(types.stream().map(TypePattern::new).collect(Collectors.toSet()));
  }

  /** The texts of a claim, or the words of its text; empty if it is not there. */
  private static Optional<Set<String>> words(Map<String, Object> claims, String name) {
    return find(claims, name)
        .map(
            found ->
                found instanceof String text
                    ? Set.copyOf(List.of(text.isBlank() ? new String[0] : text.strip().split(" +")))
                    : texts(name, found));
  }

  private static Set<String> texts(String name, Object found) {
    return switch (found) {
      case String text -> Set.of(text);
      case Collection<?> many -> {
        Set<String> texts = new HashSet<>();
        for (Object each : many) {
          texts.add(text(name, each));
        }
        yield texts;
      }
      default -> throw unreadable(name);
    };
  }

  private static String text(String name, @Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw unreadable(name);
  }

  /** The claim of that name or, if there is none, what its parts lead to. */
  private static Optional<Object> find(Map<String, Object> claims, String name) {
    if (claims.containsKey(name)) {
      return Optional.of(present(name, claims.get(name)));
    }
    Object found = claims;
    for (String part : name.split("\\.")) {
      if (!(found instanceof Map<?, ?> object) || !object.containsKey(part)) {
        return Optional.empty();
      }
      found = present(name, object.get(part));
    }
    return Optional.of(found);
  }

  private static Object present(String name, @Nullable Object value) {
    if (value == null) {
      throw unreadable(name);
    }
    return value;
  }

  private static IllegalArgumentException unreadable(String name) {
    return new IllegalArgumentException(
        "the claim %s is neither a text nor a list of texts".formatted(name));
  }
}
