package io.millrace.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.address.AddressGuard;
import io.millrace.core.address.Permits;
import io.millrace.core.address.RefusedAddressException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

  private final FakeLookup names =
      new FakeLookup()
          .with("api.example.com", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c")
          .with("scores.internal", "10.1.2.3");
  private final AddressGuard guard = new AddressGuard(names);

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        // what                               | why
        "http://127.0.0.1/                    | loopback",
        "http://127.255.255.254/              | loopback",
        "http://10.0.0.1/                     | RFC 1918",
        "http://172.16.0.1/                   | RFC 1918",
        "http://172.31.255.255/               | RFC 1918",
        "http://192.168.1.1:8080/x            | RFC 1918",
        "http://169.254.169.254/latest/       | metadata",
        "http://169.254.170.2/v2/credentials  | link-local",
        "http://100.100.100.200/              | metadata",
        "http://168.63.129.16/                | metadata",
        "http://100.64.0.1/                   | carrier",
        "http://0.0.0.0/                      | this host",
        "http://0.1.2.3/                      | this host",
        "http://192.0.0.192/                  | IETF",
        "http://192.0.2.1/                    | documentation",
        "http://198.51.100.1/                 | documentation",
        "http://203.0.113.1/                  | documentation",
        "http://192.88.99.1/                  | 6to4",
        "http://198.18.0.1/                   | benchmarks",
        "http://198.19.255.255/               | benchmarks",
        "http://224.0.0.1/                    | multicast",
        "http://239.255.255.255/              | multicast",
        "http://240.0.0.1/                    | reserved",
        "http://255.255.255.255/              | broadcast",
        "http://[::1]/                        | loopback",
        "http://[::]/                         | unspecified",
        "http://[0:0:0:0:0:0:0:1]:80/         | loopback",
        "http://[::127.0.0.1]/                | IPv4 address in IPv6",
        "http://[::ffff:127.0.0.1]/           | spelling of IPv6",
        "http://[::ffff:7f00:1]/              | spelling of IPv6",
        "http://[::ffff:93.184.215.14]/       | spelling of IPv6",
        "http://[64:ff9b::127.0.0.1]/         | loopback",
        "http://[64:ff9b::a9fe:a9fe]/         | metadata",
        "http://[64:ff9b:1::1]/               | local translation",
        "http://[2002:7f00:1::]/              | 6to4",
        "http://[2001:0:1::1]/                | Teredo",
        "http://[2001:2::1]/                  | benchmarks",
        "http://[2001:20::1]/                 | IETF",
        "http://[2001:db8::1]/                | documentation",
        "http://[3fff::1]/                    | documentation",
        "http://[5f00::1]/                    | segment routing",
        "http://[100::1]/                     | discarded",
        "http://[fc00::1]/                    | unique local",
        "http://[fd00:ec2::254]/              | metadata",
        "http://[fd20:ce::254]/               | metadata",
        "http://[fe80::1]/                    | link-local",
        "http://[fec0::1]/                    | site-local",
        "http://[ff02::1]/                    | multicast",
        "http://[4000::1]/                    | not global unicast",
        "http://localhost/                    | this machine",
        "http://LOCALHOST/                    | this machine",
        "http://foo.localhost/                | this machine",
      })
  void refusesAddressesThatAreNotPublic(String address, String why) {
    assertThatThrownBy(() -> guard.check(address, Permits.NONE))
        .isInstanceOf(RefusedAddressException.class)
        .hasMessageContaining(why);

    assertThat(names.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // one address in many spellings, which other readers understand
        "http://2130706433/",
        "http://017700000001/",
        "http://0x7f000001/",
        "http://0X7F.1/",
        "http://0177.0.0.1/",
        "http://0x7f.0.0.1/",
        "http://0x7f.0.0.0x1/",
        "http://127.1/",
        "http://127.0.1/",
        "http://127.0.0.01/",
        "http://127.0.0.1./",
        "http://127.0.0.1.1/",
        "http://256.0.0.1/",
        "http://1.2.3/",
        "http://0/",
        "http://0x/",
        "http://a.0x7f/",
        "http://a.1/",
        // names that are not what they seem, or not one
        "http://localhost./",
        "http://api.example.com./",
        "http://api..example.com/",
        "http://.example.com/",
        "http://a_b.example.com/",
        "http://-a.example.com/",
        "http://%6c%6f%63%61%6c%68%6f%73%74/",
        "http://127%2e0%2e0%2e1/",
        "http://api.example.com%00.evil.com/",
        "http://\uff11\uff12\uff17.0.0.1/", // full-width digits
        "http://\u2460\u2461\u2466.0.0.1/", // circled digits
        "http://127\u30020\u30020\u30021/", // ideographic full stops
        "http://b\u00fccher.example/",
        "http://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3/", // circled letters
        "http://loc\u00adalhost/", // soft hyphen
        "http://local\u200bhost/", // zero width space
        // a host in disguise
        "http://user@api.example.com/",
        "http://user:password@api.example.com/",
        "http://a@b@c/",
        "http://@127.0.0.1/",
        "http://api.example.com@127.0.0.1/",
        "http://127.0.0.1#@api.example.com/",
        "http://api.example.com#/",
        "http://127.0.0.1\\@api.example.com/",
        "http:\\\\127.0.0.1/",
        "http:/\\127.0.0.1/",
        "http://api.example.com\\.evil.com/",
        "http:///127.0.0.1/",
        "http://?127.0.0.1",
        "http://",
        "http:127.0.0.1",
        "http:/127.0.0.1/",
        "//127.0.0.1/",
        "127.0.0.1",
        "/path",
        "",
        // brackets and zones
        "http://[fe80::1%25eth0]/",
        "http://[fe80::1%eth0]/",
        "http://[::1%251]/",
        "http://[::1/",
        "http://::1]/",
        "http://::1/",
        "http://[[::1]]/",
        "http://[::1].example.com/",
        "http://[127.0.0.1]/",
        "http://[api.example.com]/",
        "http://[]/",
        "http://[v1.fe80::1]/",
        "http://[:::1]/",
        "http://[1::2::3]/",
        // white space and control characters
        " http://api.example.com/",
        "http://api.example.com/ ",
        "http://api.example.com /",
        "http://api\t.example.com/",
        "http://api.example.com/\r\nHost: 127.0.0.1",
        "http://api.example.com/\n",
        "http://127.0.0.1\n.example.com/",
        "http://api.example.com/\u0000",
        "http://api.example.com/b\u00fccher",
        "http://api.example.com/%zz",
        "http://api.example.com/a b",
        "http://api.example.com/{id}",
        // ports
        "http://api.example.com:0/",
        "http://api.example.com:65536/",
        "http://api.example.com:99999/",
        "http://api.example.com:-1/",
        "http://api.example.com:+80/",
        "http://api.example.com:80:80/",
        "http://api.example.com:8o/",
        "http://api.example.com:/",
        // other schemes
        "ftp://api.example.com/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_INFO",
        "jar:http://api.example.com/x.jar!/",
        "dict://127.0.0.1:11211/",
        "ldap://127.0.0.1/",
        "data:text/plain,x",
        "javascript:alert(1)",
        "httpx://api.example.com/",
        "http+unix://%2Fvar%2Frun%2Fdocker.sock/",
        "ws://api.example.com/",
        "url:http://api.example.com/",
      })
  void refusesWhatTwoReadersMightUnderstandDifferently(String address) {
    assertThatThrownBy(() -> guard.check(address, Permits.of(List.of("0.0.0.0/0", "::/0"))))
        .isInstanceOf(RefusedAddressException.class)
        .hasMessageStartingWith("the address to call is refused");

    assertThat(names.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com, https://api.example.com",
    "HTTPS://API.Example.COM/A, https://api.example.com/A",
    "http://api.example.com:8080/a/b?c=d&e=%20, http://api.example.com:8080/a/b?c=d&e=%20",
    "http://xn--bcher-kva.example/, http://xn--bcher-kva.example/",
    "http://8.8.8.8/, http://8.8.8.8/",
    "'https://[2606:4700::1111]:8443/x', 'https://[2606:4700::1111]:8443/x'",
    "http://123.example.com/, http://123.example.com/",
  })
  void readsWhatIsPlain(String address, URI read) {
    assertThat(guard.check(address, Permits.NONE)).isEqualTo(read);
  }

  @Test
  void refusesAnAddressThatIsTooLong() {
    assertThatThrownBy(
            () -> guard.check("http://api.example.com/" + "a".repeat(8_192), Permits.NONE))
        .hasMessageContaining("longer");
    assertThatThrownBy(() -> guard.check("http://" + "a.".repeat(127) + "com/", Permits.NONE))
        .hasMessageContaining("must be a name");
  }

  @Test
  void givesThePublicAddressesOfAName() throws UnknownHostException {
    assertThat(guard.resolve("api.example.com", 443, Permits.NONE))
        .extracting(InetAddress::getHostAddress)
        .containsExactly("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c");
    assertThat(guard.resolve("8.8.8.8", 443, Permits.NONE)).hasSize(1);
    assertThat(guard.resolve("[2606:4700::1111]", 443, Permits.NONE)).hasSize(1);
    assertThat(guard.resolve("2606:4700::1111", 443, Permits.NONE)).hasSize(1);
    assertThat(names.asked()).containsExactly("api.example.com");
  }

  @Test
  void refusesANameWithOneBadAddressAmongGoodOnes() {
    names.with("mixed.example.com", "93.184.215.14", "10.0.0.1");

    assertThatThrownBy(() -> guard.resolve("mixed.example.com", 80, Permits.NONE))
        .isInstanceOf(RefusedAddressException.class)
        .hasMessageContaining("mixed.example.com")
        .hasMessageContaining("10.0.0.1 is private");
  }

  @ParameterizedTest
  @CsvSource({
    "metadata.google.internal, 169.254.169.254",
    "rebound.example.com, 127.0.0.1",
    "six.example.com, fd00:ec2::254",
    "translated.example.com, 64:ff9b::a00:1",
    "zero.example.com, 0.0.0.0",
  })
  void refusesANameThatLeadsInside(String name, String address) {
    names.with(name, address);

    assertThatThrownBy(() -> guard.resolve(name, 80, Permits.NONE))
        .isInstanceOf(RefusedAddressException.class)
        .hasMessageContaining(name);
  }

  @Test
  void goesToIpv4ThroughTheTranslationOfAnIpv6Network() throws UnknownHostException {
    names.with("v4.example.com", "64:ff9b::5db8:d70e");

    assertThat(guard.resolve("v4.example.com", 80, Permits.NONE)).hasSize(1);
  }

  @Test
  void knowsUnknownHosts() {
    names.with("empty.example.com");

    assertThatThrownBy(() -> guard.resolve("nowhere.example.com", 80, Permits.NONE))
        .isInstanceOf(UnknownHostException.class);
    assertThatThrownBy(() -> guard.resolve("empty.example.com", 80, Permits.NONE))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void permitsANamedHostItsPrivateAddressesAndNoOther() throws UnknownHostException {
    Permits permits = Permits.of(List.of("Scores.Internal", "*.lan", "localhost:9000"));
    names
        .with("localhost", "127.0.0.1")
        .with("other.internal", "10.1.2.3")
        .with("a.lan", "10.0.0.9");

    assertThat(guard.resolve("scores.internal", 80, permits)).hasSize(1);
    assertThat(guard.resolve("a.lan", 80, permits)).hasSize(1);
    assertThat(guard.check("http://localhost:9000/", permits)).hasPort(9000);
    assertThat(guard.resolve("localhost", 9000, permits)).hasSize(1);
    assertThatThrownBy(() -> guard.check("http://localhost:9001/", permits))
        .isInstanceOf(RefusedAddressException.class);
    assertThatThrownBy(() -> guard.resolve("other.internal", 80, permits))
        .hasMessageContaining("other.internal");
    assertThatThrownBy(() -> guard.check("http://10.1.2.3/", permits))
        .hasMessageContaining("RFC 1918");
  }

  @Test
  void doesNotPermitMetadataOrLinkLocalAddressesByAName() {
    Permits permits = Permits.of(List.of("*.internal"));
    names
        .with("metadata.google.internal", "169.254.169.254")
        .with("alibaba.internal", "100.100.100.200")
        .with("link.internal", "fe80::1");

    for (String name : List.of("metadata.google.internal", "alibaba.internal", "link.internal")) {
      assertThatThrownBy(() -> guard.resolve(name, 80, permits))
          .isInstanceOf(RefusedAddressException.class);
    }
  }

  @Test
  void permitsANetworkWhateverNameLeadsThere() throws UnknownHostException {
    Permits permits = Permits.of(List.of("10.1.0.0/16:80", "[fc00::/7]:443", "169.254.169.254"));
    names.with("metadata.google.internal", "169.254.169.254");

    assertThat(guard.resolve("scores.internal", 80, permits)).hasSize(1);
    assertThat(guard.check("http://10.1.255.255/", permits)).hasHost("10.1.255.255");
    assertThat(guard.check("https://[fd12::1]/", permits)).hasHost("[fd12::1]");
    assertThat(guard.resolve("metadata.google.internal", 80, permits)).hasSize(1);
    assertThatThrownBy(() -> guard.resolve("scores.internal", 81, permits))
        .isInstanceOf(RefusedAddressException.class);
    assertThatThrownBy(() -> guard.check("http://10.2.0.1/", permits))
        .isInstanceOf(RefusedAddressException.class);
    assertThatThrownBy(() -> guard.check("http://[fd12::1]/", permits))
        .isInstanceOf(RefusedAddressException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.",
        "a b",
        "10.0.0.0/33",
        "10.0.0/8",
        "10.0.0.256",
        "::/129",
        "a:0",
        "a:65536",
        "http://a",
        "a/8",
        "user@a",
        "10.0.0.0/",
        "a.*",
        "::ffff:10.0.0.1",
        "[a]:1"
      })
  void refusesAnEntryThatMeansNothing(String entry) {
    assertThatThrownBy(() -> Permits.of(List.of(entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'");
  }

  @Test
  void tellsPermitsApartByWhatTheyPermit() {
    assertThat(Permits.of(List.of("a.lan", "b.lan")))
        .isEqualTo(Permits.of(List.of("B.lan", "a.lan")))
        .hasSameHashCodeAs(Permits.of(List.of("B.lan", "a.lan")))
        .isNotEqualTo(Permits.NONE)
        .isEqualTo(Permits.of(List.of("b.lan")).and(List.of("a.lan")));
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com, /scores, https://api.example.com/scores",
    "https://api.example.com/v1/, /scores?a=../b, https://api.example.com/v1/scores?a=../b",
    "https://api.example.com/v1, '', https://api.example.com/v1",
    "https://api.example.com/v1, ?q=1, https://api.example.com/v1?q=1",
    "https://api.example.com/v1, //evil.com/x, https://api.example.com/v1//evil.com/x",
    "https://api.example.com:8443/v1, /a.b..c/..d, https://api.example.com:8443/v1/a.b..c/..d",
  })
  void putsATargetBelowItsBase(URI base, String target, String address) {
    assertThat(AddressGuard.below(base, target)).isEqualTo(address);
    assertThat(guard.check(address, Permits.NONE)).hasHost("api.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../admin",
        "/a/..",
        "/a/../b",
        "/%2e%2e/b",
        "/a/%2E./b",
        "/a%2f..%2fb",
        "/./a",
        "/a/..;x=1/b",
        "/..\\b"
      })
  void refusesATargetThatLeavesItsBase(String target) {
    assertThatThrownBy(() -> AddressGuard.below(URI.create("https://api.example.com/v1"), target))
        .isInstanceOf(RefusedAddressException.class)
        .hasMessageContaining("leads elsewhere");
  }
}
