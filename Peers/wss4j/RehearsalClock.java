import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Date;
import org.apache.ws.security.WSSConfig;

/** A clock that is ahead of the machine's by the seconds in a file, as a rehearsal's processes have it; without a file, the machine's. */
final class RehearsalClock {
    private static final int SKEW_SECONDS = 60;

    private final Path offsetFile;

    RehearsalClock(String offsetFile) {
        this.offsetFile = offsetFile == null ? null : Path.of(offsetFile);
    }

    /**
     * WSS4J writes timestamps by this clock. It compares those it reads with the machine's clock, so as many seconds of future are
     * allowed as this one is ahead.
     */
    WSSConfig configuration() throws Exception {
        long ahead = secondsAhead();
        WSSConfig configuration = WSSConfig.getNewInstance();
        configuration.setCurrentTime(() -> new Date(System.currentTimeMillis() + 1000 * ahead));
        configuration.setTimeStampFutureTTL((int) ahead + SKEW_SECONDS);
        return configuration;
    }

    private long secondsAhead() throws Exception {
        if (offsetFile == null) return 0;
        try {
            return (long) Math.ceil(Double.parseDouble(Files.readString(offsetFile).strip()));
        } catch (NoSuchFileException absent) {
            return 0;
        }
    }
}
