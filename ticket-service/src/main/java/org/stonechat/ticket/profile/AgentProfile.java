package org.stonechat.ticket.profile;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.event.Signature;

/// What somebody has set for himself.
@Entity
@Table(name = "agent_profile")
class AgentProfile {

    @Id
    @Column(name = "agent_id")
    private UUID agentId;

    private @Nullable String language;

    @Column(name = "time_zone")
    private @Nullable String timeZone;

    @Column(name = "signature_text")
    private @Nullable String signatureText;

    @Column(name = "signature_html")
    private @Nullable String signatureHtml;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "agent_signature", joinColumns = @JoinColumn(name = "agent_id"))
    @MapKeyColumn(name = "department_id")
    private Map<UUID, SignatureText> signatures = new HashMap<>();

    @Column(name = "list_layout")
    private String listLayout = "{}";

    @Column(name = "last_view")
    private @Nullable String lastView;

    private int version;

    protected AgentProfile() {}

    AgentProfile(UUID agentId) {
        this.agentId = agentId;
    }

    /// Everything a person sets.
    ///
    /// @param signatures by department
    /// @param listLayout a JSON object
    record Properties(
            @Nullable String language,
            @Nullable String timeZone,
            @Nullable Signature signature,
            Map<UUID, Signature> signatures,
            String listLayout,
            @Nullable String lastView) {}

    void set(Properties properties) {
        language = properties.language();
        timeZone = properties.timeZone();
        signatureText =
                properties.signature() == null ? null : properties.signature().text();
        signatureHtml =
                properties.signature() == null ? null : properties.signature().html();
        signatures.clear();
        properties.signatures().forEach((department, own) -> signatures.put(department, new SignatureText(own)));
        listLayout = properties.listLayout();
        lastView = properties.lastView();
        version++;
    }

    /// Null for the choice of the identity provider.
    @Nullable
    String language() {
        return language;
    }

    @Nullable
    String timeZone() {
        return timeZone;
    }

    @Nullable
    Signature signature() {
        return signatureText == null ? null : new Signature(signatureText, signatureHtml);
    }

    /// Those that differ by department.
    Map<UUID, Signature> signatures() {
        Map<UUID, Signature> byDepartment = new TreeMap<>();
        signatures.forEach((department, own) -> byDepartment.put(department, own.signature()));
        return byDepartment;
    }

    String listLayout() {
        return listLayout;
    }

    @Nullable
    String lastView() {
        return lastView;
    }

    int version() {
        return version;
    }
}
