package org.stonechat.launcher.mail;

import java.io.IOException;
import java.nio.file.Path;

/// Arguments: the SMTP port, the IMAP port, the directory that holds the mailboxes.
final class MailMain {

    private MailMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        DurableMailServer server = new DurableMailServer(
                Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Path.of(arguments[2]));
        server.start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::stop));
        // GreenMail's threads are daemons.
        Thread.currentThread().join();
    }
}
