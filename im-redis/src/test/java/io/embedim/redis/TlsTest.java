package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that takes TLS, with a certificate that nobody but this test trusts. */
class TlsTest {

    private static final String PASSWORD = "changeit";
    private static final String TRUSTED = "javax.net.ssl.trustStore";
    private static final String TRUSTED_PASSWORD = "javax.net.ssl.trustStorePassword";

    private Path directory;
    private int port;

    @BeforeEach
    void needsARedisWithTls(@TempDir Path files) {
        directory = files;
        TestRedis.requireOwn("the Redis that comes with embedded-redis has no TLS");
    }

    @AfterEach
    void trustNobody() {
        System.clearProperty(TRUSTED);
        System.clearProperty(TRUSTED_PASSWORD);
    }

    @Test
    void nodesOnTlsHearEachOtherAndAStrangersCertificateIsRefused() throws Exception {
        KeyStore keys = keys();
        try (TestRedis server = redis(keys)) {
            assertThat(server.ask("PING")).isEqualTo("+PONG");
            String uri = "rediss://127.0.0.1:" + port;

            assertThatThrownBy(() -> new Hearing(uri, builder -> builder))
                    .hasMessageMatching("this Redis cannot be used: expected an answer; came .*(PKIX|certificat).*");

            trust(keys);
            try (Hearing one = new Hearing(uri, builder -> builder);
                    Hearing other = new Hearing(uri, builder -> builder)) {
                one.say("one");
                other.hears("one");
                assertThat(Hearing.failure(other.redis.broker().probe())).isEmpty();
            }
        }
    }

    private void trust(KeyStore keys) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("redis", keys.getCertificate("redis"));
        Path store = directory.resolve("trusted.p12");
        try (OutputStream out = Files.newOutputStream(store)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        System.setProperty(TRUSTED, store.toString());
        System.setProperty(TRUSTED_PASSWORD, PASSWORD);
    }

    private TestRedis redis(KeyStore keys) throws IOException, GeneralSecurityException {
        Path certificate = pem("CERTIFICATE", keys.getCertificate("redis").getEncoded());
        Path key =
                pem("PRIVATE KEY", keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
        port = TestRedis.freePort();
        return TestRedis.start(
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                certificate.toString(),
                "--tls-key-file",
                key.toString(),
                "--tls-ca-cert-file",
                certificate.toString(),
                "--tls-auth-clients",
                "no");
    }

    private Path pem(String what, byte[] bytes) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(
                directory.resolve(what.replace(' ', '-') + ".pem"),
                "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n",
                StandardCharsets.US_ASCII);
    }

    private KeyStore keys() throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.txt").toFile())
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue())
                .as(Files.readString(directory.resolve("keytool.txt")))
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }
}
