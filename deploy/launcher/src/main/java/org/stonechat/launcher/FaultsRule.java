package org.stonechat.launcher;

/// What `./stonechat faults` is measured by. It stands here because two programs tell it in their help.
public final class FaultsRule {

    /// As often a target has to be killed before its figures are a proof.
    public static final int KILLS = 5;

    /// So many requests have to be acknowledged meanwhile.
    public static final int ACKNOWLEDGED = 500;

    /// After so many minutes no further target is begun.
    public static final int MINUTES = 30;

    /// The same for a quick look.
    public static final int QUICK_MINUTES = 7;

    /// What `ok` means.
    public static final String MEANING =
            "A target is ok in the file only after " + KILLS + " kills and " + ACKNOWLEDGED + " acknowledged requests.";

    /// What the option `--quick` does.
    public static final String QUICK =
            "One kill and fewer requests per target: a look, too small to count, so no target of it is ok.";

    /// What the option `--limit` does.
    public static final String LIMIT = "No further target is begun after this time; " + MINUTES
            + " unless given, with --quick " + QUICK_MINUTES + ".";

    /// What the exit code tells.
    public static final String EXIT_CODE =
            "The exit code is 0 when nothing was lost or doubled and everything came back, also after --quick.";

    private FaultsRule() {}
}
