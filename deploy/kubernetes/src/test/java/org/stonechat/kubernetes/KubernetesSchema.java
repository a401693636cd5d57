package org.stonechat.kubernetes;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/// What the API server of Kubernetes 1.33 would say of an object's shape.
///
/// The official Java client's model is generated from the API's OpenAPI document, and each of its classes
/// refuses a field that document does not know, a required field that is missing, and a value of the wrong
/// JSON type, through all levels. What only a running API server knows (admission, values that contradict
/// each other) is not checked here.
final class KubernetesSchema {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    private KubernetesSchema() {}

    /// @return what is wrong with the object, or empty
    static Optional<String> complaintAbout(Manifest manifest) {
        String version = manifest.apiVersion().substring(manifest.apiVersion().indexOf('/') + 1);
        if (version.isEmpty() || manifest.kind().isEmpty()) {
            return Optional.of("it has no apiVersion or no kind");
        }
        String model = MODELS + Character.toUpperCase(version.charAt(0)) + version.substring(1) + manifest.kind();
        try {
            Class.forName(model)
                    .getMethod("fromJson", String.class)
                    .invoke(null, manifest.content().toString());
            return Optional.empty();
        } catch (ClassNotFoundException unknown) {
            return Optional.of("the API has no " + manifest.apiVersion() + " " + manifest.kind());
        } catch (InvocationTargetException refused) {
            return Optional.of(String.valueOf(refused.getCause()));
        } catch (NoSuchMethodException | IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
