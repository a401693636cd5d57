package org.stonechat.review.csvimport;

import java.util.UUID;

import org.stonechat.review.TestDesk;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

/// A connection whose reviews come in files, and the lead who brings them.
final class FileConnection {

    final UUID id = UUID.randomUUID();
    private final TestDesk desk;

    private FileConnection(TestDesk desk) {
        this.desk = desk;
    }

    static FileConnection of(TestDesk desk) {
        FileConnection connection = new FileConnection(desk);
        ObjectNode request = desk.connectionRequest().put("platform", "CSV").put("productReviews", true);
        request.remove("baseUrl");
        request.remove("tokenUrl");
        request.remove("credentials");
        request.putArray("channels");
        TestDesk.put(desk.admin, connection.id, request).then().statusCode(201);
        return connection;
    }

    /// The address of its imports, or below it.
    String path(String below) {
        return "/api/v1/review-connections/" + id + "/imports" + below;
    }

    static Response post(String token, String path, byte[] file) {
        return given().auth().oauth2(token).contentType("text/csv").body(file).post(path);
    }

    /// Brings a file, or rehearses that, and waits until it is read.
    JsonPath bring(String file, boolean dryRun) {
        String started = post(desk.lead, path("?dryRun=" + dryRun), file.getBytes(UTF_8))
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        return await("the import")
                .atMost(TestDesk.PATIENCE)
                .until(
                        () -> TestDesk.get(desk.lead, path("/" + started)).jsonPath(),
                        read -> "DONE".equals(read.getString("state")));
    }

    /// Nothing of such a file is read.
    void cannotRead(byte[] file, String reason) {
        post(desk.lead, path("?dryRun=false"), file)
                .then()
                .statusCode(422)
                .body("code", equalTo("file-unreadable"))
                .body("detail", containsString(reason));
    }
}
