package io.oodmonitor.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;

/** Lists of what a user may do. */
public final class AccessList {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private AccessList() {}

    /** Reads lines of resource,name,pattern,operation,what for; the first names the columns. */
    public static List<AclBinding> read(Path csv, String principal) throws IOException {
        return Files.readAllLines(csv).stream().skip(1).map(line -> line.split(",")).map(columns -> new AclBinding(
                new ResourcePattern(ResourceType.fromString(columns[0].replace('-', '_')), columns[1],
                        PatternType.fromString(columns[2].toUpperCase(Locale.ROOT))),
                new AccessControlEntry(principal, "*", AclOperation.fromString(columns[3]), AclPermissionType.ALLOW)))
                .toList();
    }

    /** Grants these and nothing else, to anybody; returns when the brokers go by it. */
    public static void grantOnly(Admin admin, Collection<AclBinding> grants)
            throws ExecutionException, InterruptedException {
        Set<AclBinding> before = granted(admin);
        List<AclBindingFilter> revoked = before.stream().filter(grant -> !grants.contains(grant))
                .map(AclBinding::toFilter).toList();
        admin.deleteAcls(revoked).all().get();
        admin.createAcls(grants.stream().filter(grant -> !before.contains(grant)).toList()).all().get();
        Awaitility.await().atMost(PATIENCE).until(() -> granted(admin).equals(Set.copyOf(grants)));
    }

    private static Set<AclBinding> granted(Admin admin) throws ExecutionException, InterruptedException {
        return new HashSet<>(admin.describeAcls(AclBindingFilter.ANY).values().get());
    }
}
