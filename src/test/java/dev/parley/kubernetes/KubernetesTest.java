package dev.parley.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The manifests under {@code k8s/}, rendered by kustomize itself: read strictly by the models of Kubernetes, every
 * reference resolved, every pod locked, the program's own check of its settings passed, and who may speak to whom as it
 * should be. Skipped, and says so, where there is neither kubectl nor a way to fetch it.
 */
class KubernetesTest {

    private static final Path OVERLAYS = Path.of("k8s/overlays");
    private static final Path DOCUMENTATION = Path.of("docs/operations.md");

    private static final Map<String, String> RENDERED = new HashMap<>();
    private static final Map<String, Map<String, Map<String, String>>> SECRETS = new HashMap<>();
    private static Set<String> settings;
    private static long shutdownSeconds;

    @BeforeAll
    static void render() throws Exception {
        var kustomize = Kustomize.find();
        if (kustomize.isEmpty()) {
            System.out.println("Manifests for Kubernetes: no kustomize, so not tested.");
        }
        assumeTrue(kustomize.isPresent(), "kustomize");
        for (var overlay : List.of("single-node", "production", "recovery")) {
            RENDERED.put(overlay, kustomize.get().render(OVERLAYS.resolve(overlay)));
            SECRETS.put(overlay, Secrets.made(overlay.equals("recovery") ? "production" : overlay));
        }
        settings = settings();
        shutdownSeconds = shutdownSeconds();
    }

    @ParameterizedTest
    @ValueSource(strings = {"single-node", "production", "recovery"})
    void an_overlay_when_rendered_has_no_fault(String overlay) {
        assertThat(faults(overlay, RENDERED.get(overlay))).isEmpty();
        System.out.printf(
                "Manifests for Kubernetes: %d objects in %s%n",
                new Manifests(RENDERED.get(overlay)).trees.size(), overlay);
    }

    /** The first place is changed that fits. What is planted into one object must be found by its name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    single-node | readOnlyRootFilesystem: true                | readOnlyRootFilesystem: false     | read-only file system
                    single-node | allowPrivilegeEscalation: false             | allowPrivilegeEscalation: true    | may gain privileges
                    single-node | enableServiceLinks: false                   | hostNetwork: true                 | the node's network
                    production  | - ALL                                       | - CHOWN                           | keeps capabilities
                    production  | runAsUser: 10001                            | runAsUser: 0                      | names no user by number
                    production  | type: RuntimeDefault                        | type: Unconfined                  | no seccomp profile
                    production  | registry.example/parley:0.1.0               | registry.example/parley:latest    | no tag that says a version
                    production  | registry.example/parley:0.1.0               | registry.example/parley:0.0.9     | of another version
                    production  | limits:\\n +memory: 1Gi                     | limits:\\n            cpu: 1      | does not say what it takes
                    production  | readinessProbe                              | readynessProbe                    | Unrecognized field
                    production  | maxUnavailable: 0                           | maxUnavailable: 1                 | before there are new ones
                    production  | path: /q/health/ready\\n +port: management  | path: /q/health/ready\\n            port: http | does not ask /q/health/ready
                    production  | seconds: 10                                 | seconds: 1                        | before the balancers know
                    production  | terminationGracePeriodSeconds: 45           | terminationGracePeriodSeconds: 20 | killed before it could end
                    production  | key: session-secret                         | key: sessions                     | Secret parley-console / sessions
                    production  | name: parley-database-app                   | name: parley-database-apps        | Secret parley-database-apps
                    production  | secretName: parley-master-key               | secretName: master                | Secret master
                    production  | PARLEY_PUBLIC_ORIGIN: https                 | PARLEY_PUBLIC_ORIGINS: https      | no setting that the program knows
                    production  | PARLEY_PUBLIC_ORIGIN: https                 | PARLEY_PUBLIC_ORIGIN: http        | parley.public-origin: must be https
                    production  | QUARKUS_MAILER_HOST: smtp.news.example      | QUARKUS_MAILER_USERNAME: parley   | quarkus.mailer.host: missing
                    production  | name: PARLEY_CONSOLE_SESSION_SECRET         | name: PARLEY_KEYCLOAK_REALM       | parley.console-session-secret: missing
                    production  | name: PARLEY_DATABASE_MIGRATE_AT_START      | name: PARLEY_KEYCLOAK_REALM       | parley.database.owner-password: missing
                    production  | name: PARLEY_DATABASE_OWNER_PASSWORD        | name: OWNER                       | parley.database.owner-password: missing
                    production  | - --await                                   | - --wait                          | does not run dev.parley.platform.Migrate
                    production  | targetPort: http                            | targetPort: web                   | leads to no port http
                    production  | minReplicas: 2                              | minReplicas: 1                    | may leave a single pod
                    production  | kind: Deployment\\n    name: parley         | kind: Deployment\\n    name: pear | scales nothing
                    production  | - 169.254.0.0/16                            | - 169.254.0.0/32                  | open, and must be shut
                    production  | - fc00::/7                                  | - fc00::/8                        | open, and must be shut
                    production  | port: 587                                   | port: 25                          | shut, and must be open
                    production  | podSelector: \\{}\\n  policyTypes:\\n  - Ingress\\n | podSelector: {}\\n  policyTypes:\\n | open, and must be shut
                    production  | interval: 15s                               | intervall: 15s                    | ServiceMonitor parley: Unrecognized field
                    production  | port: management\\n  selector               | port: metrics\\n  selector        | watches no service
                    production  | instances: 3                                | instances: three                  | Cluster parley-database.instances: is no int
                    production  | imageName:                                  | imagename:                        | Cluster parley-database.imagename: unknown
                    production  | keycloakCRName: keycloak                    | keycloakCRName: key               | is of no Keycloak
                    production  | barmanObjectName: parley-backups            | barmanObjectName: backups         | archives to no store
                    production  | isWALArchiver: true                         | isWALArchiver: false              | does not archive its log
                    production  | archive_timeout: 2min                       | archive_timeout: 10min            | may lose more than five minutes
                    production  | schedule: 0 30 2 \\* \\* \\*                  | schedule: 0 30 2 1 * *            | has no base backup each day
                    recovery    | serverName: parley-database-2               | serverName: parley-database       | archives into the folder that it is
                    recovery    | source: lost                                | source: found                     | is recovered from nothing
                    recovery    | owner: parley_owner                         | owners: parley_owner              | Cluster parley-database.bootstrap.recovery.owners: unknown
                    single-node | key: bootstrap.sh                           | key: start.sh                     | refers to ConfigMap parley-bootstrap
                    single-node | serviceName: parley-database                | serviceName: database             | has no service
                    single-node | name: data\\n                               | name: date\\n                     | mounts date, which is no volume
                    single-node | host: login.example                         | host: HOST                        | has hosts without TLS
                    """)
    void a_planted_fault_is_found(String overlay, String place, String fault, String found) {
        var before = RENDERED.get(overlay);
        var after =
                Pattern.compile(place.replace("(", "\\(").replace("[", "\\["), Pattern.MULTILINE)
                        .matcher(before)
                        .replaceFirst(fault.replace("\\n", "\n"));
        assertThat(after).as("the place was not found: " + place).isNotEqualTo(before);

        assertThat(faults(overlay, after)).anyMatch(line -> line.contains(found));
    }

    @Test
    void what_is_copied_into_an_overlay_is_still_the_original() throws IOException {
        var resources = Path.of("src/main/resources");
        for (var file : List.of("single-node/roles.sql", "single-node/database.sql", "production/database.sql")) {
            var copy = OVERLAYS.resolve(file);
            assertThat(copy).hasSameTextualContentAs(resources.resolve("bootstrap").resolve(copy.getFileName()));
        }
        var realm = resources.resolve("keycloak/parley-realm.json");
        assertThat(OVERLAYS.resolve("single-node/parley-realm.json")).hasSameTextualContentAs(realm);
        assertThat(new Manifests(RENDERED.get("production")).custom("KeycloakRealmImport").getFirst().at("/spec/realm"))
                .isEqualTo(new ObjectMapper().readTree(realm.toFile()));
    }

    @Test
    void each_secret_is_explained() throws IOException {
        var page = Files.readString(Path.of("docs/kubernetes.md"));
        var names = new HashSet<>(Secrets.GIVEN.keySet());
        SECRETS.values().forEach(secrets -> names.addAll(secrets.keySet()));

        assertThat(names).allMatch(name -> page.contains("`" + name + "`"));
    }

    @Test
    void a_recovered_database_can_go_back_to_a_moment() {
        var moment = "recovery:\n      recoveryTarget: {targetTime: \"2026-05-04T03:02:01Z\"}";
        var with = RENDERED.get("recovery").replaceFirst("recovery:", moment);
        assertThat(with).isNotEqualTo(RENDERED.get("recovery"));

        assertThat(faults("recovery", with)).isEmpty();
    }

    private static List<String> faults(String overlay, String yaml) {
        return new Rules(new Manifests(yaml), SECRETS.get(overlay), settings, shutdownSeconds).faults();
    }

    /** What the configuration classes name, and what of Quarkus the documentation does. */
    private static Set<String> settings() throws Exception {
        var names = new HashSet<String>();
        for (var mapping :
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.parley")) {
            if (mapping.isAnnotatedWith(ConfigMapping.class)) {
                ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(Class.forName(mapping.getName())))
                        .keySet()
                        .forEach(name -> names.add(variable(name)));
            }
        }
        // Read by application.properties alone.
        names.add("PARLEY_CONSOLE_SESSION_SECRET");
        assertThat(names).contains("PARLEY_DATABASE_URL", "PARLEY_CLAIMS_LEASE");
        Pattern.compile("QUARKUS_[A-Z_]+")
                .matcher(Files.readString(DOCUMENTATION))
                .results()
                .forEach(match -> names.add(match.group()));
        return names;
    }

    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(java.util.Locale.ROOT);
    }

    private static long shutdownSeconds() throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            properties.load(reader);
        }
        return List.of("%prod.quarkus.shutdown.delay", "%prod.quarkus.shutdown.timeout").stream()
                .mapToLong(name -> Duration.parse("PT" + properties.getProperty(name)).toSeconds())
                .sum();
    }
}
