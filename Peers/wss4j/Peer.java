import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import org.apache.ws.security.WSSConfig;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Apache WSS4J 1.6 as a counterpart; BouncyCastle, after the JDK's own providers, brings RSA-PSS by the names that it asks for.
 *
 * Peer batch — one job per line of standard input, one line of output each: ok, or fail and the reason
 * Peer receive NAME=VALUE… — an HTTP receiver, see Receiver
 * Peer OPERATION NAME=VALUE… — one job, see Job
 */
public final class Peer {
    private Peer() {}

    public static void main(String[] arguments) throws Exception {
        WSSConfig.init();
        Security.addProvider(new BouncyCastleProvider());
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "" -> {
                System.err.println("usage: Peer batch | receive NAME=VALUE… | OPERATION NAME=VALUE…");
                System.exit(2);
            }
            case "batch" -> batch();
            case "receive" -> Receiver.start(Arrays.asList(arguments).subList(1, arguments.length));
            default -> {
                String result = result(Arrays.asList(arguments));
                System.out.println(result);
                System.exit(result.equals("ok") ? 0 : 1);
            }
        }
    }

    private static void batch() throws Exception {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(result(Arrays.asList(line.split("\t"))));
        }
    }

    private static String result(List<String> job) {
        try {
            new Job(job).run();
            return "ok";
        } catch (Exception error) {
            return "fail\t" + Refusal.chain(error);
        }
    }
}
