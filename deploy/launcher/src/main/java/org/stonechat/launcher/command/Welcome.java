package org.stonechat.launcher.command;

import java.util.Locale;

import org.stonechat.launcher.Part;
import org.stonechat.launcher.Platform;
import org.stonechat.launcher.StartTimes;

/// What `up` ends with: what runs where, who can sign in, where to look.
record Welcome(Platform platform, StartTimes times, boolean detached) {

    String print() {
        String newLine = System.lineSeparator();
        StringBuilder text = new StringBuilder();
        text.append(ready(times)).append(newLine).append(newLine).append(parts());
        if (platform.parts().stream().anyMatch(part -> part.name().equals("gateway"))) {
            text.append(newLine)
                    .append("Sign in as (the password is the name followed by -demo)")
                    .append(newLine)
                    .append(people())
                    .append(newLine)
                    .append("Look at")
                    .append(newLine)
                    .append(places());
        }
        return text.append(newLine)
                .append(
                        detached
                                ? "./stonechat demo plays the stories, ./stonechat down stops everything."
                                : "./stonechat demo (in another terminal) plays the stories, Ctrl-C stops everything.")
                .append(newLine)
                .toString();
    }

    /// The same number that the bench holds against its aim.
    static String ready(StartTimes times) {
        String ready = String.format(Locale.ROOT, "Stonechat is ready after %.1f s", times.readySeconds());
        return times.buildSeconds() == 0
                ? ready + "."
                : ready + String.format(Locale.ROOT, ", and %.1f s of building.", times.buildSeconds());
    }

    private String parts() {
        Table table = new Table().row("Part", "Where", "Process", "Memory");
        for (Part part : platform.parts()) {
            table.row(
                    part.name(),
                    part.address().toString(),
                    Long.toString(part.pid()),
                    UpCommand.megabytes(part.rssBytes()));
        }
        return table.print();
    }

    private static String people() {
        return new Table()
                .row("alice", "agent of Northwind Shop")
                .row("lena", "lead of Northwind Shop")
                .row("bob", "agent of Linden Brand")
                .row("max", "lead of Linden Brand")
                .row("ada", "admin of everything")
                .row("ana", "analyst of everything")
                .row("carl", "customer, carl@customers.example")
                .print();
    }

    private String places() {
        Table table = new Table()
                .row(platform.gateway() + "/docs", "the API, to read and to try")
                .row(platform.address("simulator") + "/", "what the outside world sees: mailboxes, the review profile")
                .row(platform.address("keycloak") + "/admin", "Keycloak (admin; its password is in secrets.properties)")
                .row(platform.state() + "/logs", "logs, also ./stonechat logs");
        return table.print();
    }
}
