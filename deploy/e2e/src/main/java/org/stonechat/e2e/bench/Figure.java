package org.stonechat.e2e.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// One thing that was measured.
///
/// @param unit  of value and floor
/// @param floor the same work with nothing of the platform around it, or what else the value is held against
/// @param ratio of value to floor
/// @param aim   what was hoped for, in words; null when nothing was
/// @param ok    false when the aim was missed
public record Figure(
        String name,
        double value,
        String unit,
        @Nullable Double floor,
        @Nullable Double ratio,
        @Nullable String aim,
        boolean ok) {

    /// Measured for its own sake.
    static Figure plain(String name, double value, String unit) {
        return new Figure(name, value, unit, null, null, null, true);
    }

    static Figure below(String name, double value, String unit, double limit) {
        return new Figure(name, value, unit, null, null, "under " + plain(limit) + " " + unit, value < limit);
    }

    static Figure atLeast(String name, double value, String unit, double wanted) {
        return new Figure(name, value, unit, null, null, "at least " + plain(wanted) + " " + unit, value >= wanted);
    }

    static Figure atMost(String name, double value, String unit, double limit) {
        return new Figure(name, value, unit, null, null, "at most " + plain(limit) + " " + unit, value <= limit);
    }

    /// Held against a floor, without an aim.
    Figure over(double measuredFloor) {
        return new Figure(name, value, unit, measuredFloor, value / measuredFloor, aim, ok);
    }

    /// Held against the same on less: beside its own aim it should be at most so many times that.
    Figure grownFrom(double smaller, double most) {
        double reached = value / smaller;
        String wanted = "ratio at most " + plain(most);
        return new Figure(
                name, value, unit, smaller, reached, aim == null ? wanted : aim + ", " + wanted, ok && reached <= most);
    }

    /// Held against a floor, of which it should reach so much.
    Figure over(double measuredFloor, double wantedRatio, double stretch) {
        double reached = value / measuredFloor;
        return new Figure(
                name,
                value,
                unit,
                measuredFloor,
                reached,
                "ratio at least " + wantedRatio + ", stretch " + stretch,
                reached >= wantedRatio);
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("value", rounded(value));
        json.put("unit", unit);
        json.put("floor", floor == null ? null : rounded(floor));
        json.put("ratio", ratio == null ? null : rounded(ratio));
        json.put("aim", aim);
        json.put("ok", ok);
        return json;
    }

    private static double rounded(double number) {
        return Math.round(number * 1000) / 1000.0;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : String.format(Locale.ROOT, "%.1f", number);
    }
}
