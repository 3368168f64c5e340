package dev.parley.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The objects of a rendered overlay, by the models of Kubernetes where there are some. */
final class Manifests {

    /** Knows no field that the model does not name, while the models themselves would keep any. */
    static final ObjectMapper STRICT = mapper();

    private static final Map<String, Class<?>> MODELS =
            Map.ofEntries(
                    Map.entry("v1/Namespace", Namespace.class),
                    Map.entry("v1/ServiceAccount", ServiceAccount.class),
                    Map.entry("v1/ConfigMap", ConfigMap.class),
                    Map.entry("v1/Service", Service.class),
                    Map.entry("apps/v1/Deployment", Deployment.class),
                    Map.entry("apps/v1/StatefulSet", StatefulSet.class),
                    Map.entry("batch/v1/Job", Job.class),
                    Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
                    Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
                    Map.entry("networking.k8s.io/v1/Ingress", Ingress.class),
                    Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
                    Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
                    Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class));

    private static final JsonNode SHAPES = shapes();

    final List<JsonNode> trees;
    final List<String> unreadable = new ArrayList<>();
    private final List<Object> objects = new ArrayList<>();

    Manifests(String yaml) {
        trees = read(yaml);
        for (var tree : trees) {
            var kind = tree.path("apiVersion").asText() + "/" + tree.path("kind").asText();
            var name = tree.path("kind").asText() + " " + tree.at("/metadata/name").asText();
            if (MODELS.containsKey(kind)) {
                try {
                    objects.add(STRICT.treeToValue(tree, MODELS.get(kind)));
                } catch (JsonProcessingException e) {
                    unreadable.add(name + ": " + e.getOriginalMessage());
                }
            } else if (SHAPES.has(kind)) {
                compare(name, SHAPES.get(kind), tree.path("spec"));
            } else {
                unreadable.add(name + ": no model and no shape for " + kind);
            }
        }
    }

    <T> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The trees of a kind that has no model. */
    List<JsonNode> custom(String kind) {
        return trees.stream().filter(tree -> tree.path("kind").asText().equals(kind)).toList();
    }

    /** Every template of pods, by its owner's kind and name. */
    Map<String, PodTemplateSpec> pods() {
        var pods = new LinkedHashMap<String, PodTemplateSpec>();
        all(Deployment.class)
                .forEach(d -> pods.put("Deployment " + d.getMetadata().getName(), d.getSpec().getTemplate()));
        all(StatefulSet.class)
                .forEach(s -> pods.put("StatefulSet " + s.getMetadata().getName(), s.getSpec().getTemplate()));
        all(Job.class).forEach(j -> pods.put("Job " + j.getMetadata().getName(), j.getSpec().getTemplate()));
        return pods;
    }

    /** Labels of all pods, those that operators will make among them. */
    Map<String, Map<String, String>> podLabels() {
        var labels = new LinkedHashMap<String, Map<String, String>>();
        pods().forEach((owner, pod) -> labels.put(owner, pod.getMetadata().getLabels()));
        for (var cluster : custom("Cluster")) {
            var name = cluster.at("/metadata/name").asText();
            var own = texts(cluster.at("/spec/inheritedMetadata/labels"));
            own.put("cnpg.io/cluster", name);
            labels.put("Cluster " + name, own);
        }
        for (var keycloak : custom("Keycloak")) {
            var own = texts(keycloak.at("/spec/unsupported/podTemplate/metadata/labels"));
            own.put("app", "keycloak");
            labels.put("Keycloak " + keycloak.at("/metadata/name").asText(), own);
        }
        return labels;
    }

    static Map<String, String> texts(JsonNode object) {
        var texts = new HashMap<String, String>();
        object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    static List<JsonNode> read(String yaml) {
        try (var values = STRICT.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return values.readAll().stream().filter(JsonNode::isObject).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(String path, JsonNode shape, JsonNode value) {
        if (shape.isTextual()) {
            boolean fits =
                    switch (shape.asText()) {
                        case "any" -> !value.isMissingNode();
                        case "string" -> value.isTextual();
                        case "int" -> value.isInt();
                        case "bool" -> value.isBoolean();
                        case "map" -> value.isObject() && value.valueStream().allMatch(JsonNode::isTextual);
                        case "string[]" -> value.isArray() && value.valueStream().allMatch(JsonNode::isTextual);
                        default -> throw new IllegalStateException("Unknown shape " + shape);
                    };
            if (!fits) {
                unreadable.add(path + ": is no " + shape.asText());
            }
            return;
        }
        if (!value.isObject()) {
            unreadable.add(path + ": is no object");
            return;
        }
        var known = new HashMap<String, Map.Entry<String, JsonNode>>();
        shape.properties().forEach(entry -> known.put(entry.getKey().replaceAll("!|\\[]", ""), entry));
        known.forEach((name, entry) -> {
            if (entry.getKey().endsWith("!") && !value.has(name)) {
                unreadable.add(path + ": lacks " + name);
            }
        });
        for (var field : value.properties()) {
            var entry = known.get(field.getKey());
            var at = path + "." + field.getKey();
            if (entry == null) {
                unreadable.add(at + ": unknown");
            } else if (entry.getKey().endsWith("[]")) {
                field.getValue().forEach(item -> compare(at, entry.getValue(), item));
            } else {
                compare(at, entry.getValue(), field.getValue());
            }
        }
    }

    private static ObjectMapper mapper() {
        var factory = YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
        var mapper = new ObjectMapper(factory);
        mapper.enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
        mapper.setAnnotationIntrospector(
                new JacksonAnnotationIntrospector() {
                    @Override
                    public Boolean hasAnySetter(Annotated member) {
                        return false;
                    }
                });
        return mapper;
    }

    private static JsonNode shapes() {
        try {
            return STRICT.readTree(Path.of("src/test/resources/kubernetes/shapes.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
