import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.ws.security.WSSConfig;

/**
 * One operation on one message file, written as words separated by tabs: the operation, then NAME=VALUE.
 *
 * in, out: message files · key: prefix of PREFIX.key.pem and PREFIX.crt.pem · to: certificate to encrypt to ·
 * trust: certificates that verify, separated by commas · reference, cipher, oaep, key-kind: see Settings
 */
final class Job {
    private static final Set<String> SIGNED = Set.of("Body", "Timestamp");
    private static final Set<String> ENCRYPTED = Set.of("Body");

    private final String operation;
    private final Map<String, String> words = new HashMap<>();

    Job(List<String> parts) throws Refusal {
        operation = parts.get(0);
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            if (equals < 0) throw new Refusal("not NAME=VALUE: " + part);
            words.put(part.substring(0, equals), part.substring(equals + 1));
        }
    }

    void run() throws Exception {
        Envelope envelope = Envelope.read(Files.readAllBytes(Path.of(word("in"))));
        switch (operation) {
            case "sign" -> protection(envelope).sign();
            case "encrypt" -> protection(envelope).encrypt();
            case "sign-encrypt" -> protection(envelope).sign().encrypt();
            case "encrypt-sign" -> protection(envelope).encrypt().sign();
            case "verify" -> new Processing(envelope, keys(), WSSConfig.getNewInstance()).require(SIGNED, Set.of());
            case "decrypt" -> new Processing(envelope, keys(), WSSConfig.getNewInstance()).require(Set.of(), ENCRYPTED);
            case "verify-decrypt", "decrypt-verify" -> new Processing(envelope, keys(), WSSConfig.getNewInstance()).require(SIGNED, ENCRYPTED);
            default -> throw new Refusal("unknown operation " + operation);
        }
        Files.write(Path.of(word("out")), envelope.octets());
    }

    private Protection protection(Envelope envelope) throws Exception {
        return new Protection(envelope, keys().ownCrypto(), Settings.of(words), WSSConfig.getNewInstance());
    }

    private KeyRing keys() throws Exception {
        KeyRing keys = new KeyRing();
        if (words.containsKey("key")) keys.own(word("key"));
        if (words.containsKey("to")) keys.recipient(Pem.certificateFile(word("to")));
        List<X509Certificate> trusted = new ArrayList<>();
        if (words.containsKey("trust")) {
            for (String path : word("trust").split(",")) trusted.add(Pem.certificateFile(path));
        }
        return keys.trust(trusted);
    }

    private String word(String name) throws Refusal {
        String value = words.get(name);
        if (value == null) throw new Refusal("the job lacks " + name + "=");
        return value;
    }
}
