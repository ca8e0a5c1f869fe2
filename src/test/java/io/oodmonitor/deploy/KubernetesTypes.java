package io.oodmonitor.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Map;

/** Kubernetes' own types: a resource that has a field which they lack, or one of another type, does not pass. */
final class KubernetesTypes {

    private static final Map<String, Class<?>> TYPES = Map.of(
            "v1 ConfigMap", ConfigMap.class, "v1 Service", Service.class,
            "apps/v1 StatefulSet", StatefulSet.class, "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class);

    private static final ObjectMapper STRICT = new ObjectMapper().setAnnotationIntrospector(
            new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                /** They would else take any field there is. */
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    private KubernetesTypes() {}

    /** Whether it is one of those. */
    static boolean know(JsonNode resource) {
        return TYPES.containsKey(name(resource));
    }

    /** @throws JsonProcessingException that names the field, if it is none of that type */
    static void check(JsonNode resource) throws JsonProcessingException {
        STRICT.treeToValue(resource, TYPES.get(name(resource)));
    }

    private static String name(JsonNode resource) {
        return resource.path("apiVersion").asText() + " " + resource.path("kind").asText();
    }
}
