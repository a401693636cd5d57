package org.stonechat.kubernetes;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KubernetesSchemaTest {

    private static final String RIGHT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: example
            spec:
              replicas: 2
              selector:
                matchLabels:
                  app.kubernetes.io/name: example
              template:
                metadata:
                  labels:
                    app.kubernetes.io/name: example
                spec:
                  containers:
                    - name: example
                      image: example:1
                      readinessProbe:
                        httpGet:
                          path: /q/health/ready
                          port: 8080
            """;

    @Test
    void shouldAcceptWhatTheApiAccepts() {
        assertThat(complaint(RIGHT)).isEmpty();
    }

    @Test
    void shouldRefuseAFieldTheApiDoesNotKnowHoweverDeepItLies() {
        assertThat(complaint(RIGHT.replace("replicas:", "replica:"))).contains("replica");
        assertThat(complaint(RIGHT.replace("path:", "pathh:"))).contains("pathh");
    }

    @Test
    void shouldRefuseAMissingRequiredField() {
        assertThat(complaint(RIGHT.replace("- name: example", "- workingDir: /")))
                .contains("name");
        assertThat(complaint(
                        RIGHT.replace("selector:\n    matchLabels:\n      app.kubernetes.io/name: example\n  ", "")))
                .contains("selector");
    }

    @Test
    void shouldRefuseAValueOfTheWrongType() {
        assertThat(complaint(RIGHT.replace("replicas: 2", "replicas: two"))).contains("two");
        assertThat(complaint(RIGHT.replace("image: example:1", "image: [example]")))
                .contains("image");
    }

    @Test
    void shouldRefuseAKindTheApiDoesNotHave() {
        assertThat(complaint(RIGHT.replace("kind: Deployment", "kind: Deploiment")))
                .contains("Deploiment");
        assertThat(complaint(RIGHT.replace("apps/v1", "apps/v9"))).contains("v9");
    }

    private static String complaint(String yaml) {
        return KubernetesSchema.complaintAbout(Manifest.parse("example", yaml).getFirst())
                .orElse("");
    }
}
