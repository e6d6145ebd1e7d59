import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The receiver's work: verifies and decrypts an order, remembers it, answers with a signed and encrypted confirmation. */
final class Orders {
    private static final String NAMESPACE = "urn:rekey:rehearsal";
    private static final String ADDRESSING = "http://www.w3.org/2005/08/addressing";
    private static final String SOAP12 = "http://www.w3.org/2003/05/soap-envelope";

    private record Order(int count, String signer) {}

    private final String key;
    private final X509Certificate recipient;
    private final RehearsalClock clock;
    private final CopyOnWriteArrayList<X509Certificate> trusted = new CopyOnWriteArrayList<>();
    private final Map<String, Order> orders = new LinkedHashMap<>();
    private final List<String> refusals = new ArrayList<>();

    Orders(String key, X509Certificate recipient, RehearsalClock clock) {
        this.key = key;
        this.clock = clock;
        this.recipient = recipient;
    }

    void trust(X509Certificate certificate) {
        trusted.addIfAbsent(certificate);
    }

    void distrust(X509Certificate certificate) {
        trusted.remove(certificate);
    }

    synchronized String received() {
        StringBuilder text = new StringBuilder();
        orders.forEach((id, order) ->
            text.append(id).append('\t').append(order.count).append('\t').append(order.signer).append('\n'));
        return text.toString();
    }

    synchronized String refused() {
        return String.join("\n", refusals);
    }

    Receiver.Reply answer(byte[] request) {
        try {
            Envelope order = Envelope.read(request);
            Processing processing = new Processing(order, new KeyRing().own(key).trust(trusted), clock.configuration(), "");
            processing.require(Set.of("Body", "Timestamp"), Set.of("Body"));
            String id = order.text(NAMESPACE, "id");
            if (id == null) throw new Refusal("the body is not an order");
            remember(id, Pem.fingerprint(processing.signer));
            return new Receiver.Reply(200, mediaType(order.namespace()), confirmation(id, order.namespace()));
        } catch (Exception error) {
            return refuse(Refusal.chain(error));
        }
    }

    private synchronized void remember(String id, String signer) {
        orders.merge(id, new Order(1, signer), (known, next) -> new Order(known.count + 1, next.signer));
    }

    private byte[] confirmation(String id, String soap) throws Exception {
        Envelope answer = Envelope.read(("<soap:Envelope xmlns:soap='" + soap + "'><soap:Header>"
            + "<wsa:MessageID xmlns:wsa='" + ADDRESSING + "'>urn:rekey:confirmation:" + id + "</wsa:MessageID>"
            + "</soap:Header><soap:Body><m:OrderConfirmation xmlns:m='" + NAMESPACE + "'><m:id>" + id
            + "</m:id></m:OrderConfirmation></soap:Body></soap:Envelope>").getBytes(StandardCharsets.UTF_8));
        KeyRing keys = new KeyRing().own(key).recipient(recipient);
        Settings settings = Settings.of(Map.of("signature-reference", "issuerSerial", "encryption-reference", "issuerSerial"));
        new Protection(answer, keys.ownCrypto(), settings, clock.configuration()).sign().encrypt();
        return answer.octets();
    }

    private synchronized Receiver.Reply refuse(String reason) {
        refusals.add(reason);
        return new Receiver.Reply(500, "text/xml; charset=utf-8", FAULT.getBytes(StandardCharsets.UTF_8));
    }

    private static String mediaType(String soap) {
        return (soap.equals(SOAP12) ? "application/soap+xml" : "text/xml") + "; charset=utf-8";
    }

    private static final String FAULT =
        "<soap:Envelope xmlns:soap='http://schemas.xmlsoap.org/soap/envelope/'><soap:Body><soap:Fault>"
        + "<faultcode xmlns:wsse='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'>"
        + "wsse:FailedCheck</faultcode><faultstring>The signature or decryption was invalid</faultstring>"
        + "</soap:Fault></soap:Body></soap:Envelope>";
}
