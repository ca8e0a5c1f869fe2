package io.oodmonitor.event;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key pair with a certificate for localhost, and a store for those that trust it, made on the spot by the JDK's
 * keytool.
 *
 * @param keys     PKCS12, with key and certificate
 * @param trust    PKCS12, with the certificate
 * @param password of both
 */
public record TlsKeys(Path keys, Path trust, String password) {

    /** Makes both in a folder, in files of that name. */
    public static TlsKeys make(Path folder, String name, String password) throws Exception {
        TlsKeys made = new TlsKeys(folder.resolve(name + ".p12"), folder.resolve(name + "-trust.p12"), password);
        keytool("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost",
            "-validity", "2", "-keystore", made.keys.toString(), "-storetype", "PKCS12", "-storepass", password);
        Path certificate = Files.writeString(folder.resolve(name + ".crt"), made.certificate());
        keytool("-importcert", "-noprompt", "-alias", "trusted", "-file", certificate.toString(),
            "-keystore", made.trust.toString(), "-storetype", "PKCS12", "-storepass", password);
        return made;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool fails: " + output);
        }
    }

    /** For a server with these keys that trusts whoever the others belong to. */
    public SSLContext server(TlsKeys trusted) throws GeneralSecurityException, IOException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(load(keys), password.toCharArray());
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(trusted.load(trusted.trust));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }

    /** In PEM. */
    public String certificate() throws GeneralSecurityException, IOException {
        KeyStore store = load(keys);
        return pem("CERTIFICATE", store.getCertificate(store.aliases().nextElement()).getEncoded());
    }

    /** In PEM, PKCS#8. */
    public String privateKey() throws GeneralSecurityException, IOException {
        KeyStore store = load(keys);
        Key key = store.getKey(store.aliases().nextElement(), password.toCharArray());
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private KeyStore load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return store;
    }

    private static String pem(String what, byte[] encoded) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }
}
