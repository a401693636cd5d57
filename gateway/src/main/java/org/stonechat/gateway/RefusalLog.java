package org.stonechat.gateway;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.netty.util.NetUtil;

/// Says the first refusal of its kind at once and how many followed at the end of the window, so that nobody fills the
/// log by being refused.
final class RefusalLog {

    private static final String OTHERS = "others";

    private final int most;
    private final Consumer<String> lines;
    private final Map<Kind, LongAdder> followed = new ConcurrentHashMap<>();

    private record Kind(String code, String network) {}

    /// @param most how many kinds are told apart in a window, before networks are no longer
    RefusalLog(int most, Consumer<String> lines) {
        this.most = most;
        this.lines = lines;
    }

    void refused(String code, @Nullable String address, String line) {
        Kind kind = new Kind(code, networkOf(address));
        if (followed.size() >= most && !followed.containsKey(kind)) {
            kind = new Kind(code, OTHERS);
        }
        LongAdder first = new LongAdder();
        LongAdder known = followed.putIfAbsent(kind, first);
        if (known == null) {
            lines.accept(line);
        } else {
            known.increment();
        }
    }

    void endWindow() {
        followed.forEach((kind, count) -> {
            followed.remove(kind);
            long more = count.sum();
            if (more > 0) {
                lines.accept("refused code=" + kind.code() + " network=" + kind.network() + " further=" + more);
            }
        });
    }

    /// The /24 of an IPv4 address and the /64 of an IPv6 one: what one party usually has.
    private static String networkOf(@Nullable String address) {
        InetAddress known = address == null ? null : NetUtil.createInetAddressFromIpAddressString(address);
        if (known == null) {
            return "-";
        }
        byte[] bytes = known.getAddress();
        int kept = bytes.length == 4 ? 3 : 8;
        for (int i = kept; i < bytes.length; i++) {
            bytes[i] = 0;
        }
        return NetUtil.bytesToIpAddress(bytes) + "/" + kept * 8;
    }
}
