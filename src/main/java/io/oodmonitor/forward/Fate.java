package io.oodmonitor.forward;

/** What becomes of an alert after a try to deliver it. */
enum Fate {
    /** The receiver has it. */
    DELIVERED,
    /** Nothing is wrong with it: it is tried again. */
    LATER,
    /** The receiver will never take this one: it is left out, and the next one follows. */
    REFUSED,
    /** The receiver takes none of ours: somebody has to look at it, and none is left out meanwhile. */
    UNWELCOME;

    private static final int UNAUTHORIZED = 401;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int PROXY_AUTHENTICATION = 407;
    private static final int TIMEOUT = 408;
    private static final int GONE = 410;
    private static final int MISDIRECTED = 421;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY = 429;

    /** What an HTTP status means for the alert that it answers. */
    static Fate of(int status) {
        return switch (status) {
            case TIMEOUT, TOO_EARLY, TOO_MANY -> LATER;
            case UNAUTHORIZED, PAYMENT_REQUIRED, FORBIDDEN, NOT_FOUND, METHOD_NOT_ALLOWED, PROXY_AUTHENTICATION, GONE,
                    MISDIRECTED -> UNWELCOME;
            default -> switch (status / 100) {
                case 2 -> DELIVERED;
                case 4 -> REFUSED;
                case 5 -> LATER;
                // Redirects above all: what is signed for one receiver is not carried to another.
                default -> UNWELCOME;
            };
        };
    }
}
