package dev.parley;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.parley.identity.Entitled;
import dev.parley.identity.ForPrograms;
import dev.parley.identity.ForReaders;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The order of the features, and what stays inside them. */
class ArchitectureTest {

    /** A feature uses only features above it. */
    private static final List<String> ORDER =
            List.of(
                    "platform",
                    "audit",
                    "outbox",
                    "tenant",
                    "identity",
                    "privacy",
                    "text",
                    "invitation",
                    "scoring",
                    "article",
                    "comment",
                    "policy",
                    "moderation",
                    "simulation",
                    "intake",
                    "statistics",
                    "reader",
                    "training",
                    "delivery",
                    "interop",
                    "widget",
                    "console",
                    "standalone");

    private static final JavaClasses CODE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.parley");

    @TestFactory
    List<DynamicTest> a_feature_uses_only_features_above_it() {
        return ORDER.stream()
                .map(feature ->
                        DynamicTest.dynamicTest(
                                feature,
                                () ->
                                        noClasses()
                                                .that()
                                                .resideInAPackage(in(feature))
                                                .should()
                                                .dependOnClassesThat()
                                                .resideInAnyPackage(after(feature))
                                                .allowEmptyShould(true)
                                                .check(CODE)))
                .toList();
    }

    @Test
    void every_package_has_its_place_in_the_order_and_is_null_marked() throws IOException {
        for (var root : List.of("src/main/java/dev/parley", "src/standalone/java/dev/parley")) {
            try (var folders = Files.list(java.nio.file.Path.of(root))) {
                folders.filter(Files::isDirectory)
                        .forEach(folder -> {
                            assertThat(ORDER).contains(folder.getFileName().toString());
                            assertThat(folder.resolve("package-info.java")).content().contains("@NullMarked");
                        });
            }
        }
    }

    @Test
    void entities_repositories_and_endpoints_stay_inside_their_feature() {
        classes()
                .that()
                .areAnnotatedWith(Entity.class)
                .or()
                .areAnnotatedWith(Path.class)
                .or()
                .haveSimpleNameEndingWith("Repository")
                .should()
                .bePackagePrivate()
                .check(CODE);
    }

    @Test
    void endpoints_and_repositories_begin_no_transaction() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Path.class)
                .or()
                .areDeclaredInClassesThat()
                .haveSimpleNameEndingWith("Repository")
                .should()
                .notBeAnnotatedWith(Transactional.class)
                .check(CODE);
    }

    @Test
    void nothing_is_injected_into_fields() {
        fields().should().notBeAnnotatedWith(Inject.class).check(CODE);
    }

    /**
     * Hibernate keeps a plan for each native query by its text and its result class, and takes no two of the latter for
     * equal: with one, every call adds a plan that nothing finds again, and looks through thousands of them first.
     */
    @Test
    void native_queries_name_no_class_of_single_values() throws IOException {
        var named =
                Pattern.compile(
                        "createNativeQuery\\((?:(?!createNativeQuery|createQuery|\\.setParameter).)*?,\\s*"
                                + "(?:UUID|Boolean|Long|Integer|Instant|String|Number)\\.class\\)",
                        Pattern.DOTALL);
        assertThat("createNativeQuery(\"select 1\", Long.class)").containsPattern(named);
        try (var files = Files.walk(java.nio.file.Path.of("src/main/java"))) {
            var naming =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> named.matcher(read(file)).find())
                            .toList();
            assertThat(naming).isEmpty();
        }
    }

    private static String read(java.nio.file.Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void every_endpoint_says_who_may_call_it() {
        methods()
                .that(
                        describe(
                                "are endpoints",
                                (JavaMethod method) ->
                                        method.getAnnotations().stream()
                                                .anyMatch(a -> a.getRawType().isAnnotatedWith(HttpMethod.class))))
                .should(
                        com.tngtech.archunit.lang.conditions.ArchConditions.be(
                                describe(
                                        "for staff, readers, operators, the signed-in or everybody",
                                        ArchitectureTest::says)))
                .check(CODE);
    }

    private static boolean says(JavaMethod method) {
        var owner = method.getOwner();
        var path = owner.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        if (path.contains("{tenant}")) {
            // Keys are no tokens of the OIDC server: the gate checks either.
            return method.isAnnotatedWith(Entitled.class) && owner.isAnnotatedWith(Authenticated.class)
                    || method.isAnnotatedWith(ForPrograms.class) && owner.isAnnotatedWith(PermitAll.class);
        }
        if (path.startsWith("/api/v1/sites/")) {
            return owner.isAnnotatedWith(ForReaders.class) && owner.isAnnotatedWith(PermitAll.class);
        }
        return owner.isAnnotatedWith(RolesAllowed.class)
                || owner.isAnnotatedWith(Authenticated.class)
                || owner.isAnnotatedWith(PermitAll.class)
                || method.isAnnotatedWith(Authenticated.class)
                || method.isAnnotatedWith(PermitAll.class);
    }

    private static String in(String feature) {
        return "dev.parley." + feature + "..";
    }

    private static String[] after(String feature) {
        return ORDER.subList(ORDER.indexOf(feature) + 1, ORDER.size()).stream()
                .map(ArchitectureTest::in)
                .toArray(String[]::new);
    }
}
