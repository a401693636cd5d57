package org.stonechat.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import io.smallrye.jwt.build.Jwt;

/// Builds access tokens as Keycloak would issue them:
/// `Tokens.of("alice").role("agent").department(northwind).build()`.
public final class Tokens {

    private final String userName;
    private UUID subject;
    private final Set<String> roles = new LinkedHashSet<>();
    private final List<String> departments = new ArrayList<>();
    private String email;
    private boolean emailVerified = true;
    private Duration validity = Duration.ofMinutes(30);

    private Tokens(String userName) {
        this.userName = userName;
        this.subject = UUID.nameUUIDFromBytes(userName.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        this.email = userName + "@staff.stonechat.example";
    }

    /// A person (or client) whose subject is derived from the name, so that the same name is the same person.
    public static Tokens of(String userName) {
        return new Tokens(userName);
    }

    public Tokens subject(UUID subject) {
        this.subject = subject;
        return this;
    }

    public Tokens role(String role) {
        roles.add(role);
        return this;
    }

    public Tokens department(UUID department) {
        departments.add(department.toString());
        return this;
    }

    public Tokens department(String department) {
        departments.add(department);
        return this;
    }

    public Tokens allDepartments() {
        departments.add("*");
        return this;
    }

    public Tokens email(String email) {
        this.email = email;
        return this;
    }

    /// False for an address that nobody has confirmed yet.
    public Tokens emailVerified(boolean verified) {
        this.emailVerified = verified;
        return this;
    }

    /// Half an hour if not said: longer than any test takes, on any machine.
    public Tokens validFor(Duration validity) {
        this.validity = validity;
        return this;
    }

    /// The subject that the token will name.
    public UUID id() {
        return subject;
    }

    /// The signed token.
    public String build() {
        return Jwt.subject(subject.toString())
                .upn(userName)
                .preferredUserName(userName)
                .audience("stonechat")
                .claim("name", Character.toUpperCase(userName.charAt(0)) + userName.substring(1))
                .claim("email", email)
                .claim("email_verified", emailVerified)
                .claim("roles", List.copyOf(roles))
                .claim("departments", List.copyOf(departments))
                .expiresIn(validity)
                .sign(TestKeys.privateKey());
    }
}
