import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Apache Santuario 2.1 as a counterpart: XML Signature and XML Encryption alone, so the Security header around them is ours.
 *
 * SantuarioPeer batch — one job per line of standard input, one line of output each: ok, or fail and the reason
 * SantuarioPeer OPERATION NAME=VALUE… — one job; the words are those of the WSS4J counterpart's jobs
 */
public final class SantuarioPeer {
    private SantuarioPeer() {}

    public static void main(String[] arguments) throws Exception {
        org.apache.xml.security.Init.init();
        Security.addProvider(new BouncyCastleProvider());
        if (arguments.length == 1 && arguments[0].equals("batch")) {
            var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(result(Arrays.asList(line.split("\t"))));
            }
            return;
        }
        String result = result(Arrays.asList(arguments));
        System.out.println(result);
        System.exit(result.equals("ok") ? 0 : 1);
    }

    private static String result(List<String> job) {
        try {
            run(job);
            return "ok";
        } catch (Exception error) {
            return "fail\t" + Refusal.chain(error);
        }
    }

    private static void run(List<String> job) throws Exception {
        Map<String, String> words = new HashMap<>();
        for (String part : job.subList(1, job.size())) words.put(part.split("=", 2)[0], part.split("=", 2)[1]);
        SecurityHeader header = new SecurityHeader(Envelope.read(Files.readAllBytes(Path.of(words.get("in")))));
        if (job.get(0).equals("protect")) {
            header.addTimestamp();
            header.address(words.get("actor"));
        } else {
            header.requireAddress(words.get("actor"));
        }
        for (String step : words.get("steps").split(",")) {
            switch (job.get(0) + " " + step) {
                case "protect sign" -> new Signing(header, words).sign();
                case "protect encrypt" -> new Encrypting(header, words).encrypt();
                case "process verify" -> new Signing(header, words).verify();
                case "process decrypt" -> new Encrypting(header, words).decrypt();
                default -> throw new Refusal("Santuario has no step " + step);
            }
        }
        Files.write(Path.of(words.get("out")), header.envelope.octets());
    }
}
