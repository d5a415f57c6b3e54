package io.millrace.admin.token;

import io.millrace.admin.token.TokenProperties.Tls;
import io.millrace.core.InvalidSettingException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.Ssl;

/** That nobody on the way can read a token: one of these holds wherever the API starts. */
public enum SafeBinding {
  /** Only this machine reaches it. */
  LOOPBACK,
  /** It encrypts by itself. */
  OWN_TLS,
  /** Whoever runs it says that something in front of it encrypts. */
  PROXY;

  /**
   * Which of them holds.
   *
   * @param address null for all that the machine has
   * @throws InvalidSettingException if none does
   */
  static SafeBinding require(Tls tls, @Nullable InetAddress address, @Nullable Ssl ssl) {
    if (tls == Tls.PROXY) {
      return PROXY;
    }
    if (Ssl.isEnabled(ssl)) {
      return OWN_TLS;
    }
    if (address != null && address.isLoopbackAddress()) {
      return LOOPBACK;
    }
    throw new InvalidSettingException(
        "the API would be reached without TLS on %s, and tokens could be read on their way"
            .formatted(address == null ? "all addresses" : address.getHostAddress()),
        "Set SERVER_SSL_CERTIFICATE and SERVER_SSL_CERTIFICATEPRIVATEKEY, or MILLRACE_SECURITY_TLS=PROXY if something in front of it encrypts, or SERVER_ADDRESS=127.0.0.1");
  }
}
