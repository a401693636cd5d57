package org.stonechat.notification.world;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import org.stonechat.testing.EventSender;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.testing.contract.GoldenExample;

import com.fasterxml.jackson.databind.node.ObjectNode;

import static io.restassured.RestAssured.given;

/// A department of its own for one test, with an address, people and tickets; told of by events, as in real
/// life.
public final class Shop implements AutoCloseable {

    private static final AtomicLong NUMBERS = new AtomicLong(20_000);

    public final UUID department = UUID.randomUUID();
    /// Short enough for a reply address that names an agent.
    public final String address = "s-" + department.toString().substring(0, 8) + "@northwind.example";
    public final UUID mailbox = UUID.randomUUID();
    private final EventSender sender = EventSender.open();

    private Shop() {}

    public static Shop open() {
        Shop shop = new Shop();
        ObjectNode data = data("directory", "DepartmentDefined");
        data.put("id", shop.department.toString()).put("name", "Northwind Shop").put("mailAddress", shop.address);
        data.put("language", "nl");
        shop.sender.send("directory", "DepartmentDefined", shop.department, 1, data, nothing());
        return shop;
    }

    /// Sets the shop's mailbox up over the API.
    public Shop readsItsMail() {
        given().auth()
                .oauth2(Tokens.of("ada").role("admin").allDepartments().build())
                .contentType("application/json")
                .body(Map.of(
                        "departmentId", department,
                        "address", address,
                        "imapUser", address,
                        "imapPassword", "northwind-demo"))
                .put("/api/v1/mailboxes/" + mailbox)
                .then()
                .statusCode(201);
        return this;
    }

    public String agentToken(String name) {
        return Tokens.of(name).role("agent").department(department).build();
    }

    public String leadToken(String name) {
        return Tokens.of(name).role("lead").department(department).build();
    }

    /// Makes an agent known by the directory; the id is that of the token of the same name.
    public UUID employs(String name) {
        return employs(name, Tokens.of(name).id(), true);
    }

    /// Says that somebody does not work here any more.
    public void dismisses(UUID id) {
        employs("somebody", id, false);
    }

    private UUID employs(String name, UUID id, boolean active) {
        ObjectNode data = data("directory", "AgentDefined");
        data.put("id", id.toString()).put("active", active);
        data.putArray("roles").add("agent");
        data.putArray("departments").add(department.toString());
        ObjectNode personal = data.objectNode().put("displayName", name).put("mail", name + "@staff.example");
        sender.send("directory", "AgentDefined", id, System.nanoTime(), data, personal);
        return id;
    }

    public UUID hasTeam(String visibility, List<UUID> members) {
        UUID id = UUID.randomUUID();
        ObjectNode data = data("directory", "TeamDefined");
        data.put("id", id.toString()).put("visibility", visibility);
        data.putArray("departmentIds").add(department.toString());
        var ids = data.putArray("memberIds");
        members.forEach(member -> ids.add(member.toString()));
        sender.send("directory", "TeamDefined", id, 1, data, nothing());
        return id;
    }

    public TestTicket ticket() {
        return new TestTicket(this, NUMBERS.incrementAndGet());
    }

    public EventSender sender() {
        return sender;
    }

    @Override
    public void close() {
        sender.close();
    }

    public static ObjectNode data(String topic, String type, String... variant) {
        return example(topic, type, variant).data().deepCopy();
    }

    public static ObjectNode personal(String topic, String type, String... variant) {
        return example(topic, type, variant).personal().deepCopy();
    }

    private static GoldenExample example(String topic, String type, String... variant) {
        return variant.length == 0 ? Contracts.example(topic, type) : Contracts.example(topic, type, variant[0]);
    }

    static ObjectNode nothing() {
        return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    }
}
