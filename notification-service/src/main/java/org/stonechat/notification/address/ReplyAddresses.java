package org.stonechat.notification.address;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.secret.EarlierKey;
import org.stonechat.kit.secret.Purpose;
import org.stonechat.kit.secret.Signer;

/// Makes and recognises the addresses that replies come back to.
///
/// A customer's is `support+t.<number>.<signature>@shop.example`, an agent's carries the agent as well:
/// `support+a.<number>.<agent>.<signature>@shop.example`. That of a forward is one of its own,
/// `support+f.<number>.<signature>@shop.example`, with the agent where it went to one alone: what is answered to
/// it may quote what the customer must not see. Everything is lower case and base 32, because mail
/// systems fold the case of local parts; the signature has 80 bits, and a guess costs a delivered mail. Before it
/// stand two digits of the id of the key that made it; addresses sent before there were key ids have none.
/// Whoever knows an address may write to that ticket: that is what a reply address is for. It says nothing of
/// any other ticket or agent.
@ApplicationScoped
public class ReplyAddresses {

    /// The longest local part that RFC 5321, section 4.5.3.1.1, lets one rely on.
    private static final int LONGEST_LOCAL_PART = 64;

    private static final Purpose PURPOSE = new Purpose("reply addresses", EarlierKey.prefixed(""));
    private static final int KEY_ID_DIGITS = 2;
    private static final int SIGNATURE_BYTES = 10;
    private static final int SIGNATURE_DIGITS = 16;
    private static final int AGENT_DIGITS = 26;
    private static final Pattern SIGNED =
            Pattern.compile("[^+@]+\\+([taf])\\.(\\d{1,18})(?:\\.([0-9a-v]{26}))?\\.([0-9a-v]{2})?([0-9a-v]{16})@.+");

    private final Signer signer;

    ReplyAddresses(Signer signer) {
        this.signer = signer;
    }

    /// What a signed address names.
    ///
    /// @param agentId the agent it was made for; null when it was made for nobody who works here
    /// @param forward whether it went out with a forward, so that its answer stays inside
    public record Named(long ticketNumber, @Nullable UUID agentId, boolean forward) {}

    /// The address for a customer's answer; the department's own when a signed one would be too long for a
    /// local part.
    public String forCustomer(String departmentAddress, long ticketNumber) {
        return signed(departmentAddress, "t." + ticketNumber);
    }

    /// The address for the answer of this agent, which becomes an internal comment.
    public String forAgent(String departmentAddress, long ticketNumber, UUID agentId) {
        return signed(departmentAddress, "a." + ticketNumber + "." + digits(agentId));
    }

    /// The address for the answer to a forward, which stays inside whoever writes it.
    ///
    /// @param agentId the agent it went to, when it went to one alone; a signed address that would be too long
    ///                leaves the agent out before it leaves the signature out
    public String forForward(String departmentAddress, long ticketNumber, @Nullable UUID agentId) {
        String ticket = "f." + ticketNumber;
        if (agentId != null) {
            String address = signed(departmentAddress, ticket + "." + digits(agentId));
            if (!address.equals(departmentAddress)) {
                return address;
            }
        }
        return signed(departmentAddress, ticket);
    }

    /// What the address names, if it carries a signature of ours.
    public Optional<Named> read(String address) {
        Matcher matcher = SIGNED.matcher(address.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String kind = matcher.group(1);
        String agent = matcher.group(3);
        boolean forward = kind.equals("f");
        if (!forward && kind.equals("a") != (agent != null)) {
            return Optional.empty();
        }
        String named = kind + "." + matcher.group(2) + (agent == null ? "" : "." + agent);
        if (!holds(named, matcher.group(4), matcher.group(5))) {
            return Optional.empty();
        }
        return Optional.of(new Named(Long.parseLong(matcher.group(2)), agent == null ? null : agentOf(agent), forward));
    }

    private String signed(String departmentAddress, String named) {
        int at = departmentAddress.lastIndexOf('@');
        String local = departmentAddress.substring(0, at) + "+" + named + "." + signature(named);
        return local.length() > LONGEST_LOCAL_PART ? departmentAddress : local + departmentAddress.substring(at);
    }

    private String signature(String named) {
        byte[] signature = signer.sign(PURPOSE, named.getBytes(StandardCharsets.US_ASCII));
        return signer.keyId().substring(0, KEY_ID_DIGITS)
                + padded(new BigInteger(1, Arrays.copyOf(signature, SIGNATURE_BYTES)), SIGNATURE_DIGITS);
    }

    private boolean holds(String named, @Nullable String keyId, String digits) {
        byte[] value = new BigInteger(digits, 32).toByteArray();
        byte[] signature = new byte[SIGNATURE_BYTES];
        // A sign byte before them, or none of the leading zeros.
        int length = Math.min(value.length, SIGNATURE_BYTES);
        System.arraycopy(value, value.length - length, signature, SIGNATURE_BYTES - length, length);
        return keyId == null
                ? signer.heldEarlier(PURPOSE, ("reply-address|" + named).getBytes(StandardCharsets.US_ASCII), signature)
                : signer.holds(PURPOSE, keyId, named.getBytes(StandardCharsets.US_ASCII), signature);
    }

    private static String digits(UUID id) {
        return padded(new BigInteger(id.toString().replace("-", ""), 16), AGENT_DIGITS);
    }

    private static UUID agentOf(String digits) {
        BigInteger value = new BigInteger(digits, 32);
        return new UUID(value.shiftRight(64).longValue(), value.longValue());
    }

    private static String padded(BigInteger value, int digits) {
        String text = value.toString(32);
        return "0".repeat(digits - text.length()) + text;
    }
}
