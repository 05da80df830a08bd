package io.thermolake.reading;

/** The allow-list of room ids: letters, digits, '-' and '_' of ASCII, 1 to 64, so that an id is a safe part of a key. */
public final class RoomId {
    private static final int MOST = 64;

    private RoomId() {}

    public static boolean isAllowed(String text) {
        if (text.isEmpty() || text.length() > MOST) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }
}
