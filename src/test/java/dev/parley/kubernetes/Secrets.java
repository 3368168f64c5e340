package dev.parley.kubernetes;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The secrets that an installation has, none of which is in the manifests. */
final class Secrets {

    /** Not by {@code k8s/new-secrets}: somebody else's to give, or made by an operator in the cluster. */
    static final Map<String, Map<String, String>> GIVEN =
            Map.of(
                    "parley-tls", Map.of("tls.crt", "", "tls.key", ""),
                    "parley-mail", Map.of("username", "parley", "password", "secret of the mail server"),
                    "parley-accounts", Map.of("admin-url", "https://login.example", "client-secret", "secret"),
                    "parley-backup-store", Map.of("access-key-id", "", "secret-access-key", ""),
                    "parley-database-ca", Map.of("ca.crt", ""));

    private Secrets() {}

    /** By name, then by key. */
    static Map<String, Map<String, String>> made(String overlay) throws IOException {
        var secrets = new HashMap<String, Map<String, String>>();
        var printed = Kustomize.run(60, "sh", "k8s/new-secrets", overlay, "https://console.example");
        for (var secret : Manifests.read(printed)) {
            secrets.put(secret.at("/metadata/name").asText(), Manifests.texts(secret.path("stringData")));
        }
        return secrets;
    }
}
