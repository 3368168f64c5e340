package dev.parley.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.kubernetes.Network.End;
import dev.parley.platform.Deployed;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every overlay has to keep. A fault is a line that names the object. */
final class Rules {

    /** Beside the time that the drain takes. */
    private static final long SPARE_SECONDS = 5;

    private final Manifests manifests;
    private final Map<String, Map<String, String>> secrets;
    private final Set<String> settings;
    private final long shutdownSeconds;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    /**
     * @param secrets what {@code k8s/new-secrets} makes
     * @param settings names of environment variables that the program knows
     * @param shutdownSeconds how long the program takes to end at most
     */
    Rules(Manifests manifests, Map<String, Map<String, String>> secrets, Set<String> settings, long shutdownSeconds) {
        this.manifests = manifests;
        this.secrets = secrets;
        this.settings = settings;
        this.shutdownSeconds = shutdownSeconds;
    }

    List<String> faults() {
        faults.addAll(manifests.unreadable);
        manifests.pods().forEach(this::pod);
        customReferences();
        secrets.keySet().stream()
                .filter(name -> !used.contains(name))
                .forEach(name -> fault("Secret " + name, "is made and used by nobody"));
        selectors();
        parley();
        migration();
        network();
        return faults;
    }

    // --- Pods ---

    private void pod(String owner, PodTemplateSpec template) {
        var spec = template.getSpec();
        var security = spec.getSecurityContext();
        check(Objects.equals(spec.getAutomountServiceAccountToken(), false), owner, "mounts the cluster's token");
        check(Objects.equals(spec.getEnableServiceLinks(), false), owner, "gets the addresses of all services");
        if (spec.getServiceAccountName() != null) {
            check(
                    manifests.all(ServiceAccount.class).stream()
                            .anyMatch(account ->
                                    account.getMetadata().getName().equals(spec.getServiceAccountName())
                                            && Objects.equals(account.getAutomountServiceAccountToken(), false)),
                    owner,
                    "its service account is missing or mounts its token");
        }
        check(!Boolean.TRUE.equals(spec.getHostNetwork()), owner, "is in the node's network");
        check(!Boolean.TRUE.equals(spec.getHostPID()), owner, "sees the node's processes");
        check(!Boolean.TRUE.equals(spec.getHostIPC()), owner, "shares the node's memory");
        check(security != null && Objects.equals(security.getRunAsNonRoot(), true), owner, "may run as root");
        check(
                security != null && security.getRunAsUser() != null && security.getRunAsUser() > 0,
                owner,
                "names no user by number");
        check(
                security != null
                        && security.getSeccompProfile() != null
                        && "RuntimeDefault".equals(security.getSeccompProfile().getType()),
                owner,
                "has no seccomp profile");
        for (var volume : spec.getVolumes()) {
            volume(owner, volume);
        }
        var mounted = spec.getVolumes().stream().map(Volume::getName).collect(Collectors.toSet());
        if (owner.startsWith("StatefulSet")) {
            statefulSet(owner)
                    .getSpec()
                    .getVolumeClaimTemplates()
                    .forEach(claim -> mounted.add(claim.getMetadata().getName()));
        }
        Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream())
                .forEach(container -> container(owner + ", " + container.getName(), container, mounted));
        for (var spread : spec.getTopologySpreadConstraints()) {
            check(
                    Network.matches(spread.getLabelSelector(), template.getMetadata().getLabels()),
                    owner,
                    "spreads other pods than its own");
        }
    }

    private void container(String name, Container container, Set<String> volumes) {
        var security = container.getSecurityContext();
        if (security == null) {
            fault(name, "has no security context");
            return;
        }
        check(Objects.equals(security.getRunAsNonRoot(), true), name, "may run as root");
        check(Objects.equals(security.getAllowPrivilegeEscalation(), false), name, "may gain privileges");
        check(Objects.equals(security.getReadOnlyRootFilesystem(), true), name, "has no read-only file system");
        check(!Boolean.TRUE.equals(security.getPrivileged()), name, "is privileged");
        check(
                security.getCapabilities() != null
                        && security.getCapabilities().getDrop().contains("ALL")
                        && security.getCapabilities().getAdd().isEmpty(),
                name,
                "keeps capabilities");
        check(
                container.getImage().matches("[^:@]+:v?[0-9]+\\.[0-9][^:@]*"),
                name,
                "its image has no tag that says a version: " + container.getImage());
        var resources = container.getResources();
        check(
                resources != null
                        && resources.getRequests() != null
                        && resources.getRequests().keySet().containsAll(Set.of("cpu", "memory"))
                        && resources.getLimits() != null
                        && resources.getLimits().containsKey("memory"),
                name,
                "does not say what it takes");
        check(
                container.getVolumeMounts().stream().anyMatch(mount -> mount.getMountPath().equals("/tmp")),
                name,
                "has no /tmp to write to");
        container.getVolumeMounts().stream()
                .filter(mount -> !volumes.contains(mount.getName()))
                .forEach(mount -> fault(name, "mounts " + mount.getName() + ", which is no volume"));
        environment(name, container, Set.of());
    }

    private void volume(String owner, Volume volume) {
        var name = owner + ", volume " + volume.getName();
        if (volume.getSecret() != null) {
            check(volume.getSecret().getDefaultMode() == 0440, name, "is readable by everybody");
            var keys = keys(volume.getSecret().getItems());
            if (keys.isEmpty()) {
                secret(name, volume.getSecret().getSecretName(), Optional.empty(), false);
            }
            keys.forEach(key -> secret(name, volume.getSecret().getSecretName(), Optional.of(key), false));
        } else if (volume.getConfigMap() != null) {
            var keys = keys(volume.getConfigMap().getItems());
            if (keys.isEmpty()) {
                setting(name, volume.getConfigMap().getName(), Optional.empty());
            }
            keys.forEach(key -> setting(name, volume.getConfigMap().getName(), Optional.of(key)));
        } else if (volume.getEmptyDir() != null) {
            check(volume.getEmptyDir().getSizeLimit() != null, name, "may fill the node");
        } else {
            fault(name, "is of another kind than secrets, settings and scratch");
        }
    }

    private static List<String> keys(List<KeyToPath> items) {
        return items.stream().map(KeyToPath::getKey).toList();
    }

    // --- References ---

    /** The environment that a container gets, every secret in it being one that is made or given. */
    private Map<String, String> environment(String name, Container container, Set<String> withoutSecrets) {
        var environment = new HashMap<String, String>();
        for (var source : container.getEnvFrom()) {
            if (source.getConfigMapRef() == null) {
                fault(name, "takes an environment from elsewhere than a ConfigMap");
                continue;
            }
            setting(name, source.getConfigMapRef().getName(), Optional.empty())
                    .ifPresent(map -> environment.putAll(map.getData()));
        }
        for (var variable : container.getEnv()) {
            value(name, variable, withoutSecrets).ifPresent(value -> environment.put(variable.getName(), value));
        }
        return environment;
    }

    private Optional<String> value(String name, EnvVar variable, Set<String> withoutSecrets) {
        var from = variable.getValueFrom();
        if (from == null) {
            return Optional.ofNullable(variable.getValue());
        }
        if (from.getConfigMapKeyRef() != null) {
            var key = from.getConfigMapKeyRef().getKey();
            return setting(name, from.getConfigMapKeyRef().getName(), Optional.of(key))
                    .map(map -> map.getData().get(key));
        }
        if (from.getSecretKeyRef() != null) {
            var reference = from.getSecretKeyRef();
            boolean optional = Boolean.TRUE.equals(reference.getOptional());
            return secret(name, reference.getName(), Optional.of(reference.getKey()), optional)
                    .filter(_ -> !withoutSecrets.contains(reference.getName()));
        }
        fault(name, variable.getName() + " comes from elsewhere");
        return Optional.empty();
    }

    private Optional<ConfigMap> setting(String name, String map, Optional<String> key) {
        var found =
                manifests.all(ConfigMap.class).stream()
                        .filter(one -> one.getMetadata().getName().equals(map))
                        .filter(one -> key.isEmpty() || one.getData().containsKey(key.get()))
                        .findFirst();
        check(
                found.isPresent(),
                name,
                "refers to ConfigMap " + map + key.map(" / "::concat).orElse("") + ", which is not there");
        return found;
    }

    /** Of a secret as a whole, the value is empty. */
    private Optional<String> secret(String name, String secret, Optional<String> key, boolean optional) {
        used.add(secret);
        var made = secrets.get(secret);
        var known = made != null ? made : Secrets.GIVEN.get(secret);
        var shown = secret + key.map(" / "::concat).orElse("");
        if (known == null || (key.isPresent() && !known.containsKey(key.get()))) {
            fault(name, "refers to Secret " + shown + ", which nobody makes");
            return Optional.empty();
        }
        return Optional.of(key.map(known::get).orElse(""));
    }

    /** In the resources of operators: objects of a name and a key, and those that hold a user and a password. */
    private void customReferences() {
        for (var kind : List.of("Cluster", "ObjectStore", "Keycloak", "KeycloakRealmImport")) {
            for (var tree : manifests.custom(kind)) {
                references(kind + " " + tree.at("/metadata/name").asText(), "", tree.path("spec"));
            }
        }
        for (var kind : List.of("Database", "ScheduledBackup")) {
            for (var tree : manifests.custom(kind)) {
                check(
                        exists("Cluster", tree.at("/spec/cluster/name").asText()),
                        kind + " " + tree.at("/metadata/name").asText(),
                        "is of no cluster");
            }
        }
        for (var tree : manifests.custom("KeycloakRealmImport")) {
            check(
                    exists("Keycloak", tree.at("/spec/keycloakCRName").asText()),
                    "KeycloakRealmImport",
                    "is of no Keycloak");
        }
        manifests.custom("Cluster").forEach(this::backups);
    }

    /** Goal R12: at most five minutes are lost. And a recovered database leaves what it came from as it is. */
    private void backups(JsonNode cluster) {
        var archivers =
                cluster.at("/spec/plugins")
                        .valueStream()
                        .filter(plugin -> plugin.path("isWALArchiver").asBoolean())
                        .map(plugin -> plugin.path("parameters"))
                        .toList();
        check(archivers.size() == 1, "Cluster", "does not archive its log");
        archivers.forEach(archiver ->
                check(
                        exists("ObjectStore", archiver.path("barmanObjectName").asText()),
                        "Cluster",
                        "archives to no store"));
        var timeout = cluster.at("/spec/postgresql/parameters/archive_timeout").asText();
        check(timeout.matches("[1-4]min"), "Cluster", "may lose more than five minutes, by archive_timeout " + timeout);
        check(
                manifests.custom("ScheduledBackup").stream()
                        .anyMatch(backup ->
                                backup.at("/spec/cluster/name").equals(cluster.at("/metadata/name"))
                                        // Second and minute and hour at most, so each day.
                                        && backup.at("/spec/schedule").asText().endsWith("* * *")),
                "Cluster",
                "has no base backup each day");
        var name = cluster.at("/metadata/name").asText();
        var bootstrap = cluster.at("/spec/bootstrap");
        check(bootstrap.size() == 1, "Cluster", "begins neither empty nor by a recovery, or both");
        if (bootstrap.has("recovery")) {
            var source =
                    cluster.at("/spec/externalClusters")
                            .valueStream()
                            .filter(other -> other.path("name").equals(bootstrap.at("/recovery/source")))
                            .map(other -> other.at("/plugin/parameters"))
                            .findFirst();
            check(source.isPresent(), "Cluster", "is recovered from nothing");
            source.ifPresent(from -> {
                check(
                        exists("ObjectStore", from.path("barmanObjectName").asText()),
                        "Cluster",
                        "is recovered from no store");
                check(
                        archivers.stream()
                                .noneMatch(to ->
                                        to.path("serverName")
                                                .asText(name)
                                                .equals(from.path("serverName").asText(name))),
                        "Cluster",
                        "archives into the folder that it is recovered from");
            });
        }
    }

    private void references(String name, String field, JsonNode node) {
        if (node.isArray()) {
            node.forEach(item -> references(name, field, item));
        } else if (node.isObject()) {
            if (field.equals("configMapRefs")) {
                setting(name, node.path("name").asText(), Optional.of(node.path("key").asText()));
            } else if (node.has("key") && node.has("name")) {
                secret(name, node.path("name").asText(), Optional.of(node.path("key").asText()), false);
            } else if (field.equals("passwordSecret") || field.equals("secret")) {
                for (var key : List.of("username", "password")) {
                    secret(name, node.path("name").asText(), Optional.of(key), false);
                }
            }
            node.properties().stream()
                    .filter(entry -> !entry.getKey().equals("realm"))
                    .forEach(entry -> references(name, entry.getKey(), entry.getValue()));
        }
    }

    private boolean exists(String kind, String name) {
        return manifests.custom(kind).stream().anyMatch(tree -> tree.at("/metadata/name").asText().equals(name));
    }

    // --- Selectors ---

    private void selectors() {
        for (var deployment : manifests.all(Deployment.class)) {
            check(
                    Network.matches(
                            deployment.getSpec().getSelector(),
                            deployment.getSpec().getTemplate().getMetadata().getLabels()),
                    "Deployment " + deployment.getMetadata().getName(),
                    "does not select its own pods");
        }
        for (var set : manifests.all(StatefulSet.class)) {
            var name = "StatefulSet " + set.getMetadata().getName();
            check(
                    Network.matches(set.getSpec().getSelector(), set.getSpec().getTemplate().getMetadata().getLabels()),
                    name,
                    "does not select its own pods");
            check(service(set.getSpec().getServiceName()).isPresent(), name, "has no service");
        }
        manifests.all(Service.class).forEach(this::service);
        for (var budget : manifests.all(PodDisruptionBudget.class)) {
            check(
                    manifests.podLabels().values().stream()
                            .anyMatch(labels -> Network.matches(budget.getSpec().getSelector(), labels)),
                    "PodDisruptionBudget " + budget.getMetadata().getName(),
                    "selects no pods");
        }
        for (var scaler : manifests.all(HorizontalPodAutoscaler.class)) {
            var target = scaler.getSpec().getScaleTargetRef();
            var name = "HorizontalPodAutoscaler " + scaler.getMetadata().getName();
            check(manifests.pods().containsKey(target.getKind() + " " + target.getName()), name, "scales nothing");
            check(scaler.getSpec().getMinReplicas() >= 2, name, "may leave a single pod");
            manifests.all(Deployment.class).stream()
                    .filter(one -> one.getMetadata().getName().equals(target.getName()))
                    .forEach(one ->
                            check(
                                    one.getSpec().getReplicas() == null,
                                    name,
                                    "is contradicted by a number of replicas"));
        }
        manifests.all(Ingress.class).forEach(this::ingress);
        for (var monitor : manifests.all(ServiceMonitor.class)) {
            for (var endpoint : monitor.getSpec().getEndpoints()) {
                check(
                        manifests.all(Service.class).stream()
                                .filter(service ->
                                        Network.matches(
                                                monitor.getSpec().getSelector(),
                                                Objects.requireNonNullElse(
                                                        service.getMetadata().getLabels(), Map.of())))
                                .flatMap(service -> service.getSpec().getPorts().stream())
                                .anyMatch(port -> port.getName().equals(endpoint.getPort())),
                        "ServiceMonitor " + monitor.getMetadata().getName(),
                        "watches no service with port " + endpoint.getPort());
            }
        }
        for (var policy : manifests.all(NetworkPolicy.class)) {
            var selector = policy.getSpec().getPodSelector();
            // Whose label stands in the base, for overlays to use.
            check(
                    manifests.podLabels().values().stream().anyMatch(labels -> Network.matches(selector, labels)),
                    "NetworkPolicy " + policy.getMetadata().getName(),
                    "selects no pods");
        }
    }

    private void service(Service service) {
        var name = "Service " + service.getMetadata().getName();
        var selected =
                manifests.pods().values().stream()
                        .filter(pod ->
                                pod.getMetadata()
                                        .getLabels()
                                        .entrySet()
                                        .containsAll(service.getSpec().getSelector().entrySet()))
                        .toList();
        check(!selected.isEmpty(), name, "selects no pods");
        for (var pod : selected) {
            var ports = ports(pod);
            for (var port : service.getSpec().getPorts()) {
                check(ports.containsKey(port.getTargetPort().getStrVal()), name, "leads to no port " + port.getName());
            }
        }
    }

    private void ingress(Ingress ingress) {
        var name = "Ingress " + ingress.getMetadata().getName();
        var hosts = new HashSet<String>();
        for (var rule : ingress.getSpec().getRules()) {
            hosts.add(rule.getHost());
            for (var path : rule.getHttp().getPaths()) {
                var backend = path.getBackend().getService();
                // Made by Keycloak's operator.
                boolean operators =
                        backend.getName().endsWith("-service")
                                && exists("Keycloak", backend.getName().replaceAll("-service$", ""))
                                && Objects.equals(backend.getPort().getNumber(), 8080);
                check(
                        operators
                                || service(backend.getName()).stream()
                                        .flatMap(service -> service.getSpec().getPorts().stream())
                                        .map(ServicePort::getName)
                                        .anyMatch(port -> port.equals(backend.getPort().getName())),
                        name,
                        "leads nowhere");
                check(!"management".equals(backend.getPort().getName()), name, "shows the management interface");
            }
        }
        var tls = ingress.getSpec().getTls();
        tls.forEach(one -> secret(name, one.getSecretName(), Optional.of("tls.crt"), false));
        check(
                tls.stream().flatMap(one -> one.getHosts().stream()).collect(Collectors.toSet()).equals(hosts)
                        && hosts.stream().allMatch(host -> host.contains(".")),
                name,
                "has hosts without TLS, or none: " + hosts);
    }

    private Optional<Service> service(String name) {
        return manifests.all(Service.class).stream()
                .filter(service -> service.getMetadata().getName().equals(name))
                .findFirst();
    }

    private static Map<String, Integer> ports(PodTemplateSpec pod) {
        var ports = new HashMap<String, Integer>();
        pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .forEach(port -> ports.put(port.getName(), port.getContainerPort()));
        return ports;
    }

    // --- Parley ---

    private void parley() {
        var name = "Deployment parley";
        var deployment =
                manifests.all(Deployment.class).stream()
                        .filter(one -> one.getMetadata().getName().equals("parley"))
                        .findFirst();
        if (deployment.isEmpty()) {
            fault(name, "is missing");
            return;
        }
        var spec = deployment.get().getSpec().getTemplate().getSpec();
        var parley = spec.getContainers().getFirst();
        var rolling = deployment.get().getSpec().getStrategy().getRollingUpdate();
        check(
                rolling != null && rolling.getMaxUnavailable().getIntVal() == 0,
                name,
                "takes pods away before there are new ones");
        probe(name, parley, parley.getStartupProbe(), "/q/health/started");
        probe(name, parley, parley.getLivenessProbe(), "/q/health/live");
        probe(name, parley, parley.getReadinessProbe(), "/q/health/ready");
        var lifecycle = parley.getLifecycle();
        long drain =
                lifecycle == null || lifecycle.getPreStop() == null || lifecycle.getPreStop().getSleep() == null
                        ? 0
                        : lifecycle.getPreStop().getSleep().getSeconds();
        check(drain >= 5, name, "ends before the balancers know");
        check(
                spec.getTerminationGracePeriodSeconds() >= drain + shutdownSeconds + SPARE_SECONDS,
                name,
                "is killed before it could end");

        var environment = environment(name, parley, Set.of());
        for (var variable : environment.keySet()) {
            check(settings.contains(variable), name, variable + " is no setting that the program knows");
        }
        check(!environment.containsKey("PARLEY_DATABASE_OWNER_PASSWORD"), name, "knows the owner's password");
        settingsAreComplete(name, parley, spec.getVolumes(), environment);
        // Without what is optional it must start as well.
        settingsAreComplete(
                name + " without optional secrets",
                parley,
                spec.getVolumes(),
                environment(name, parley, Set.of("parley-mail", "parley-accounts")));

        var init = spec.getInitContainers().stream().filter(one -> one.getName().equals("schema")).findFirst();
        if (init.isEmpty()) {
            fault(name, "does not wait for its schema");
        } else {
            check(init.get().getImage().equals(parley.getImage()), name, "waits for the schema of another version");
            command(name, init.get(), "dev.parley.platform.Migrate", "--await");
            Deployed.migrationFaults(environment(name, init.get(), Set.of()), false)
                    .forEach(fault -> fault(name + ", schema", fault));
        }
    }

    /**
     * The program itself says what it lacks. Its file with the master key is made from the secret that is mounted
     * there.
     */
    private void settingsAreComplete(
            String name, Container parley, List<Volume> volumes, Map<String, String> environment) {
        var copy = new HashMap<>(environment);
        var file = Path.of(environment.getOrDefault("PARLEY_MASTER_KEY_FILE", "/"));
        try {
            var here = Files.createTempFile("master", ".key");
            parley.getVolumeMounts().stream()
                    .filter(mount -> Path.of(mount.getMountPath()).equals(file.getParent()))
                    .flatMap(mount -> volumes.stream().filter(volume -> volume.getName().equals(mount.getName())))
                    .filter(volume -> volume.getSecret() != null)
                    .map(volume -> secrets.getOrDefault(volume.getSecret().getSecretName(), Map.of()))
                    .map(keys -> keys.getOrDefault(file.getFileName().toString(), ""))
                    .forEach(key -> write(here, key));
            copy.computeIfPresent("PARLEY_MASTER_KEY_FILE", (_, _) -> here.toString());
            Deployed.faults(copy).forEach(fault -> fault(name, fault));
            Files.delete(here);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void probe(String name, Container container, Probe probe, String path) {
        check(
                probe != null
                        && probe.getHttpGet() != null
                        && probe.getHttpGet().getPath().equals(path)
                        && "management".equals(probe.getHttpGet().getPort().getStrVal())
                        && container.getPorts().stream()
                                .anyMatch(
                                        port -> port.getName().equals("management") && port.getContainerPort() == 9000),
                name,
                "does not ask " + path + " of the management interface");
    }

    private void migration() {
        var job = manifests.pods().get("Job parley-migration");
        if (job == null) {
            fault("Job parley-migration", "is missing");
            return;
        }
        var container = job.getSpec().getContainers().getFirst();
        command("Job parley-migration", container, "dev.parley.platform.Migrate");
        Deployed.migrationFaults(environment("Job parley-migration", container, Set.of()), true)
                .forEach(fault -> fault("Job parley-migration", fault));
        manifests.pods().values().stream()
                .flatMap(pod -> pod.getSpec().getContainers().stream())
                .filter(other -> other.getName().equals("parley"))
                .forEach(parley ->
                        check(
                                parley.getImage().equals(container.getImage()),
                                "Job parley-migration",
                                "is of another version"));
    }

    private void command(String name, Container container, String... end) {
        var args = container.getArgs();
        check(
                args.size() >= end.length && args.subList(args.size() - end.length, args.size()).equals(List.of(end)),
                name,
                "does not run " + String.join(" ", end));
    }

    // --- Network ---

    private void network() {
        var network = new Network(manifests);
        var parley = end("Deployment parley");
        var migration = end("Job parley-migration");
        var database =
                Stream.of("StatefulSet parley-database", "Cluster parley-database")
                        .filter(manifests.podLabels()::containsKey)
                        .map(this::end)
                        .findFirst()
                        .orElseThrow();
        var keycloak =
                Stream.of("Deployment keycloak", "Keycloak keycloak")
                        .filter(manifests.podLabels()::containsKey)
                        .map(this::end)
                        .findFirst()
                        .orElseThrow();
        var stranger = new End.Pod(Map.of("app", "stranger"), Map.of());
        var ingress = new End.Elsewhere("ingress-nginx");
        var prometheus = new End.Elsewhere("monitoring");
        var names = new End.Elsewhere("kube-system");

        for (var client : List.of(parley, migration, keycloak)) {
            open(network, client, database, 5432);
            check(network.allows(client, names, "UDP", 53), "Network", "no names for " + client);
        }
        open(network, ingress, parley, 8080);
        open(network, prometheus, parley, 9000);
        open(network, parley, ingress, 443);
        open(network, keycloak, ingress, 443);
        for (var port : List.of(443, 465, 587)) {
            open(network, parley, new End.World("203.0.113.7"), port);
            open(network, parley, new End.World("2001:db8::7"), port);
        }
        open(network, keycloak, new End.World("203.0.113.7"), 587);
        open(network, keycloak, new End.World("2001:db8::7"), 587);
        shut(network, ingress, stranger, 8080);
        shut(network, ingress, parley, 9000);
        shut(network, prometheus, parley, 8080);
        shut(network, new End.Elsewhere("default"), parley, 8080);
        shut(network, stranger, parley, 8080);
        shut(network, new End.World("203.0.113.7"), parley, 8080);
        shut(network, stranger, database, 5432);
        shut(network, ingress, database, 5432);
        shut(network, stranger, new End.World("203.0.113.7"), 443);
        shut(network, migration, new End.World("203.0.113.7"), 443);
        shut(network, parley, new End.World("203.0.113.7"), 80);
        shut(network, parley, keycloak, 8080);
        for (var address :
                List.of(
                        "10.1.2.3",
                        "100.64.0.1",
                        "127.0.0.1",
                        "169.254.169.254",
                        "172.16.0.1",
                        "172.31.255.255",
                        "192.168.1.1",
                        "0.0.0.0",
                        "::1",
                        "::ffff:10.0.0.1",
                        "64:ff9b::a00:1",
                        "fd00::1",
                        "fe80::1")) {
            shut(network, parley, new End.World(address), 443);
            shut(network, parley, new End.World(address), 587);
            shut(network, keycloak, new End.World(address), 587);
        }
        open(network, parley, new End.World("172.32.0.1"), 443);
    }

    private End.Pod end(String owner) {
        var labels = manifests.podLabels().getOrDefault(owner, Map.of());
        var pod = manifests.pods().get(owner);
        return new End.Pod(labels, pod == null ? Map.of() : ports(pod));
    }

    private void open(Network network, End from, End to, int port) {
        check(
                network.allows(from, to, "TCP", port),
                "Network",
                "shut, and must be open: %s to %s, %d".formatted(from, to, port));
    }

    private void shut(Network network, End from, End to, int port) {
        check(
                !network.allows(from, to, "TCP", port),
                "Network",
                "open, and must be shut: %s to %s, %d".formatted(from, to, port));
    }

    private StatefulSet statefulSet(String owner) {
        return manifests.all(StatefulSet.class).stream()
                .filter(set -> owner.equals("StatefulSet " + set.getMetadata().getName()))
                .findFirst()
                .orElseThrow();
    }

    private void check(boolean kept, String name, String fault) {
        if (!kept) {
            fault(name, fault);
        }
    }

    private void fault(String name, String fault) {
        faults.add(name + ": " + fault);
    }
}
