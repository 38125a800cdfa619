package dev.chatelaine.vault.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointPolicyTest {
    private static final EndpointPolicy SERVER = new EndpointPolicy(false, PrivateEndpoints.none());
    private static final EndpointPolicy LOCAL_USER = new EndpointPolicy(true, PrivateEndpoints.none());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/v1",
                "llm.example.com",
                "http://llm.example.com/v1",
                "HTTP://llm.example.com",
                "ftp://h/",
                "file:///etc/passwd",
                "jar:https://h/!/",
                "javascript:alert(1)",
                "https:",
                "https://",
                "https:///v1",
                "https://user@h.example/v1",
                "https://user:pw@h.example/v1",
                "https://@h.example/",
                "https://h.example/?a=b",
                "https://h.example/?",
                "https://h.example/#a",
                "https://h.example/#",
                "https://h.example:0/",
                "https://h.example:65536/",
                "https://h.example:99999999999/",
                "https://h.example:-1/",
                "https://a b/",
                "https://h..example/",
                "https://.example/",
                "https://exämple.com/",
                "https://１２７.0.0.1/",
                "https://%31%32%37.0.0.1/",
                "https://h.example\\@127.0.0.1/",
                "https://[::1/",
                "https://[fe80::1%25eth0]/"
            })
    void refusesWhatIsNoBaseUrl(String url) {
        assertRefused(SERVER, url);
        assertRefused(LOCAL_USER, url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "169.254.169.254",
                "169.254.0.1",
                "0.0.0.0",
                "0.1.2.3",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "192.0.0.192",
                "198.18.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "[::]",
                "[fe80::1]",
                "[fec0::1]",
                "[fc00::1]",
                "[fd00:ec2::254]",
                "[ff02::1]",
                "[::ffff:10.0.0.1]",
                "[::ffff:a9fe:a9fe]",
                "[::10.0.0.1]",
                "[64:ff9b::a9fe:a9fe]",
                "[64:ff9b::10.0.0.1]",
                "[2002:a9fe:a9fe::1]",
                "[2002:7f00:1::]",
                "[2001::1]",
                "[2001:db8::1]",
                "[100::1]",
                "10.0.0.1.",
                "2130706433",
                "0x7f000001",
                "0x7f.1",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "017700000001",
                "127.1",
                "127.0.1",
                "0xa9fea9fe",
                "0251.0376.0251.0376",
                "2852039166",
                "010.0.0.1",
                "10.0.0.1.0",
                "256.0.0.1",
                "1.2.3.4.5",
                "0",
                "0x",
                "127.0.0.0x1"
            })
    void refusesPrivateAndSpecialAddressesInAnyNotation(String host) {
        assertRefused(SERVER, "https://" + host + "/v1");
        assertRefused(SERVER, "https://" + host + ":8443");
        assertRefused(LOCAL_USER, "https://" + host + "/v1");
        assertRefused(LOCAL_USER, "http://" + host + "/v1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:11434/v1",
                "https://localhost",
                "http://127.0.0.1:8000",
                "http://127.8.9.10",
                "http://[::1]:1",
                "http://LOCALHOST.:1",
                "http://llm.localhost",
                "https://[::ffff:127.0.0.1]"
            })
    void thisMachineIsForTheLocalUserOnly(String url) {
        assertRefused(SERVER, url);
        assertThatCode(() -> LOCAL_USER.check(url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "https://API.OpenAI.com/v1/, https://api.openai.com/v1",
        "HTTPS://api.openai.com, https://api.openai.com",
        "https://api.openai.com:443/v1//, https://api.openai.com/v1",
        "https://api.openai.com.:8443/v1, https://api.openai.com:8443/v1",
        "' https://h.example/a/../v1 ', https://h.example/v1",
        "https://8.8.8.8/v1, https://8.8.8.8/v1",
        "https://[2606:4700::1111]/V1, https://[2606:4700:0:0:0:0:0:1111]/V1",
        "https://xn--exmple-cua.com/v1, https://xn--exmple-cua.com/v1",
    })
    void givesTheNormalForm(String url, String normal) {
        assertThat(SERVER.check(url)).hasToString(normal);
        assertThat(SERVER.check(SERVER.check(url))).hasToString(normal);
    }

    @Test
    void saysWhatToDo() {
        assertThatExceptionOfType(VaultException.class)
                .isThrownBy(() -> SERVER.check("https://10.1.2.3/v1"))
                .withMessageContaining("CHATELAINE_PRIVATE_ENDPOINTS");
        assertThatExceptionOfType(VaultException.class)
                .isThrownBy(() -> SERVER.check("http://h.example/v1"))
                .withMessageContaining("https://");
    }

    @Test
    void whatTheOperatorListedMayBePrivateAndPlain() {
        EndpointPolicy policy = new EndpointPolicy(
                false, PrivateEndpoints.parse("LLM.internal, vllm.internal:8000\n10.1.0.0/16 [fd00::7]:9"));

        assertThatCode(() -> policy.check("http://llm.internal/v1")).doesNotThrowAnyException();
        assertThatCode(() -> policy.check("http://vllm.internal:8000/v1")).doesNotThrowAnyException();
        assertThatCode(() -> policy.check("http://10.1.2.3:8000/v1")).doesNotThrowAnyException();
        assertThatCode(() -> policy.check("https://[fd00::7]:9/v1")).doesNotThrowAnyException();
        assertThatCode(() -> policy.checkResolved("llm.internal", 80, addresses("192.168.0.9")))
                .doesNotThrowAnyException();
        assertThatCode(() -> policy.checkResolved("other.example", 443, addresses("10.1.0.9")))
                .doesNotThrowAnyException();
        assertRefused(policy, "http://vllm.internal:8001/v1");
        assertRefused(policy, "http://10.2.0.1:8000/v1");
        assertRefused(policy, "http://evil.llm.internal/v1");
        assertRefused(policy, "https://[fd00::7]:10/v1");
        assertRefusedResolved(policy, "vllm.internal", 8001, "192.168.0.9");
        assertRefusedResolved(policy, "other.example", 443, "10.2.0.9");
    }

    @Test
    void noListOpensMetadataAndLinkLocalAddresses() {
        EndpointPolicy policy =
                new EndpointPolicy(true, PrivateEndpoints.parse("0.0.0.0/0 ::/0 llm.internal 169.254.169.254"));

        assertRefused(policy, "http://169.254.169.254/latest");
        assertRefusedResolved(policy, "llm.internal", 80, "169.254.169.254");
        assertRefusedResolved(policy, "llm.internal", 80, "fe80::1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/x",
                "10.0.0/8",
                "h:0",
                "h:x",
                "http://h",
                "h/8",
                "a b:",
                "fd00::/129",
                "[::1"
            })
    void aMalformedListIsRefused(String list) {
        assertThatIllegalArgumentException().isThrownBy(() -> PrivateEndpoints.parse(list));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "fd00::1", "0.0.0.0", "224.0.0.1"})
    void aNameMayNotResolveToAPrivateAddress(String address) throws UnknownHostException {
        assertRefusedResolved(SERVER, "llm.example.com", 443, address);
        List<InetAddress> mixed = List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getByName(address));
        assertThatExceptionOfType(VaultException.class)
                .isThrownBy(() -> SERVER.checkResolved("llm.example.com", 443, mixed));
    }

    @Test
    void localhostMayNotResolveToAnotherMachine() {
        assertRefusedResolved(LOCAL_USER, "localhost", 80, "8.8.8.8");
        assertThatCode(() -> LOCAL_USER.checkResolved("localhost", 80, addresses("127.0.0.1")))
                .doesNotThrowAnyException();
        assertThatCode(() -> LOCAL_USER.checkResolved("::1", 80, addresses("::1")))
                .doesNotThrowAnyException();
        assertThatCode(() -> SERVER.checkResolved("h.example", 443, addresses("8.8.8.8")))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(EndpointPolicy policy, String url) {
        assertThatExceptionOfType(VaultException.class)
                .as(url)
                .isThrownBy(() -> policy.check(url))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BASE_URL_REFUSED))
                .satisfies(e -> assertThat(e.field()).isEqualTo("base_url"));
    }

    private static void assertRefusedResolved(EndpointPolicy policy, String host, int port, String address) {
        assertThatExceptionOfType(VaultException.class)
                .as(address)
                .isThrownBy(() -> policy.checkResolved(host, port, addresses(address)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BASE_URL_REFUSED));
    }

    private static List<InetAddress> addresses(String literal) throws UnknownHostException {
        return List.of(InetAddress.getByName(literal));
    }
}
