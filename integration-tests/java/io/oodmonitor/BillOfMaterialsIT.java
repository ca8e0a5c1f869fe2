package io.oodmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The SBOM that Maven writes beside the program: it tells the truth, and of no library that may not be passed on. */
class BillOfMaterialsIT {

    private static final Path BILL = Path.of("target", "bom.json");
    private static final Path APP = Path.of("target", "app");
    private static final String OWN = "ood-monitor-";
    /** Ask for no more than their own texts to be passed on. The last two are BSD-3-Clause by other names. */
    private static final Set<String> PERMISSIVE =
            Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "Go License", "The (New) BSD License");
    /** JLine's is BSD-3-Clause; it names it "The BSD License", which the bill takes for the oldest. */
    private static final String JLINE = "pkg:maven/org.jline/jline@";

    private static List<JsonNode> libraries;

    @BeforeAll
    static void read() throws IOException {
        assumeTrue(Files.exists(BILL) && Files.getLastModifiedTime(BILL).compareTo(
                Files.getLastModifiedTime(Path.of("pom.xml"))) > 0,
                BILL + " is missing or older than pom.xml: mvn package writes it when it is online");
        libraries = list(new ObjectMapper().readTree(BILL.toFile()).path("components"));
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    @Test
    void shouldNameEveryJarThatIsShippedWithItsDigest() throws Exception {
        Map<String, String> digests = new HashMap<>();
        for (JsonNode library : libraries) {
            list(library.path("hashes")).stream().filter(hash -> hash.path("alg").asText().equals("SHA-256"))
                    .forEach(hash -> digests.put(library.path("name").asText() + "-" + library.path("version").asText()
                            + ".jar", hash.path("content").asText()));
        }
        Map<String, String> shipped = shipped();
        assertThat(shipped).hasSizeGreaterThan(20);
        assertThat(digests).containsAllEntriesOf(shipped);
    }

    private static Map<String, String> shipped() throws IOException, NoSuchAlgorithmException {
        List<Path> jars = new ArrayList<>();
        for (String folder : List.of("lib", "lib-embedded")) {
            try (Stream<Path> files = Files.list(APP.resolve(folder))) {
                files.filter(file -> !file.getFileName().toString().startsWith(OWN)).forEach(jars::add);
            }
        }
        Map<String, String> digests = new TreeMap<>();
        for (Path jar : jars) {
            digests.put(jar.getFileName().toString(), HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar))));
        }
        return digests;
    }

    @Test
    void shouldConsistOfLibrariesUnderPermissiveLicences() {
        Map<String, List<String>> others = new TreeMap<>();
        for (JsonNode component : libraries) {
            List<String> licences = list(component.path("licenses")).stream().map(BillOfMaterialsIT::name).toList();
            // Of several, whoever passes it on may choose.
            String library = component.path("purl").asText();
            if (!library.startsWith(JLINE) && licences.stream().noneMatch(PERMISSIVE::contains)) {
                others.put(library, licences);
            }
        }
        assertThat(others).isEmpty();
    }

    private static String name(JsonNode licence) {
        JsonNode license = licence.path("license");
        return license.path("id").asText(license.path("name").asText(licence.path("expression").asText()));
    }
}
