/** What this peer's own checks found wrong with a message or a job. */
final class Refusal extends Exception {
    Refusal(String reason) {
        super(reason);
    }

    /** The messages of a throwable and of its causes, on one line. */
    static String chain(Throwable error) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (text.length() > 0) text.append(" < ");
            text.append(cause.getClass().getSimpleName()).append(": ").append(cause.getMessage());
        }
        return text.toString().replaceAll("\\s+", " ");
    }
}
