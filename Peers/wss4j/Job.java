import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.ws.security.WSSConfig;

/**
 * One operation on one message file, written as words separated by tabs: protect or process, then NAME=VALUE.
 *
 * steps: what is done, in order: token, sign, encrypt to protect; WSS4J processes in the header's order · in, out: message files ·
 * key: prefix of PREFIX.key.pem and PREFIX.crt.pem · to: certificate to encrypt to · trust: certificates that verify, separated by
 * commas · signature, digest, canonicalization, cipher, transport: see Algorithms · signature-reference, encryption-reference,
 * placement, username: see Settings · signed, encrypted: see Parts · profile: off, to leave out the Basic Security Profile's checks ·
 * actor: the actor or role that the header is for · confirmation: the values of a request's signatures in Base64, separated by commas,
 * which the message confirms; none for a request without signature · secret: file of a shared secret in place of the keys
 */
final class Job {
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
        WSSConfig configuration = WSSConfig.getNewInstance();
        configuration.setWsiBSPCompliant(!words.getOrDefault("profile", "on").equals("off"));
        switch (operation) {
            case "protect" -> protect(envelope, configuration);
            case "process" -> process(envelope, configuration);
            default -> throw new Refusal("unknown operation " + operation);
        }
        Files.write(Path.of(word("out")), envelope.octets());
    }

    private void protect(Envelope envelope, WSSConfig configuration) throws Exception {
        Protection protection = new Protection(envelope, keys().ownCrypto(), Settings.of(words), configuration);
        if (words.containsKey("confirmation")) protection.confirm(confirmed().stream().map(Base64.getDecoder()::decode).toList());
        for (String step : word("steps").split(",")) {
            switch (step) {
                case "token" -> protection.token();
                case "sign" -> protection.sign();
                case "encrypt" -> protection.encrypt();
                default -> throw new Refusal("unknown step " + step);
            }
        }
    }

    private void process(Envelope envelope, WSSConfig configuration) throws Exception {
        Set<String> steps = Set.of(word("steps").split(","));
        Set<String> signed = new TreeSet<>();
        Set<String> encrypted = new TreeSet<>();
        if (steps.contains("verify")) signed.addAll(List.of(words.getOrDefault("signed", "body,timestamp").split(",")));
        if (steps.contains("decrypt")) encrypted.addAll(List.of(words.getOrDefault("encrypted", "body").split(",")));
        Processing processing = new Processing(envelope, keys(), configuration, words.getOrDefault("actor", ""));
        processing.require(Processing.names(signed), Processing.names(encrypted));
        if (words.containsKey("confirmation") && !processing.confirmed.equals(confirmed().isEmpty() ? Set.of("") : Set.copyOf(confirmed()))) {
            throw new Refusal("confirmed are " + processing.confirmed);
        }
        if (steps.contains("token") && processing.user == null) throw new Refusal("there is no UsernameToken");
    }

    private List<String> confirmed() {
        return words.get("confirmation").equals("none") ? List.of() : List.of(words.get("confirmation").split(","));
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
