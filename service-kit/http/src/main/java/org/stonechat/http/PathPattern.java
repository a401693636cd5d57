package org.stonechat.http;

/// A path with places left open: `/api/v1/channels/*/inbound`.
public final class PathPattern {

    private PathPattern() {}

    /// The whole path is compared, segment by segment; `*` stands for any one, but not for an empty one.
    public static boolean matches(String path, String pattern) {
        String[] wanted = pattern.split("/", -1);
        String[] segments = path.split("/", -1);
        if (segments.length != wanted.length) {
            return false;
        }
        for (int index = 0; index < wanted.length; index++) {
            boolean fits =
                    wanted[index].equals("*") ? !segments[index].isEmpty() : wanted[index].equals(segments[index]);
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
