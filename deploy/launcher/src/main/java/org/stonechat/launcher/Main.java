package org.stonechat.launcher;

import org.stonechat.launcher.command.StonechatCommand;

/// What the `stonechat` script runs.
final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(StonechatCommand.execute(arguments));
    }
}
