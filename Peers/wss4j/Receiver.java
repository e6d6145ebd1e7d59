import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A receiver of signed and encrypted orders, on two ports of loopback: one for SOAP, one for its administrator.
 *
 * key: prefix of its own key pair, which decrypts requests and signs answers · to: certificate that answers are encrypted to ·
 * clock: file of the seconds that a rehearsal is ahead (optional)
 *
 * The first line of standard output is "listening", the SOAP port and the control port, separated by tabs.
 * Control: POST /trust (PEM): accept this signer too · POST /distrust (PEM): no longer ·
 * GET /received: one line per order, tab-separated: id, how often, fingerprint of the last signer · GET /refused: one line per refusal
 */
final class Receiver {
    private Receiver() {}

    static void start(List<String> parts) throws Exception {
        Map<String, String> words = new HashMap<>();
        for (String part : parts) words.put(part.split("=", 2)[0], part.split("=", 2)[1]);
        Orders orders = new Orders(words.get("key"), Pem.certificateFile(words.get("to")), new RehearsalClock(words.get("clock")));
        HttpServer soap = listen(exchange -> answer(exchange, orders.answer(exchange.getRequestBody().readAllBytes())));
        HttpServer control = listen(exchange -> answer(exchange, control(exchange, orders)));
        System.out.println("listening\t" + soap.getAddress().getPort() + "\t" + control.getAddress().getPort());
    }

    /** What is answered to one HTTP request. */
    record Reply(int status, String mediaType, byte[] body) {
        static Reply text(int status, String text) {
            return new Reply(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Reply control(HttpExchange exchange, Orders orders) {
        try {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
            switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
                case "POST /trust" -> orders.trust(Pem.certificate(body));
                case "POST /distrust" -> orders.distrust(Pem.certificate(body));
                case "GET /received" -> {
                    return Reply.text(200, orders.received());
                }
                case "GET /refused" -> {
                    return Reply.text(200, orders.refused());
                }
                default -> {
                    return Reply.text(404, "no such path");
                }
            }
            return Reply.text(200, "done");
        } catch (Exception error) {
            return Reply.text(400, Refusal.chain(error));
        }
    }

    private static HttpServer listen(HttpHandler handler) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, Reply reply) throws java.io.IOException {
        exchange.getResponseHeaders().set("Content-Type", reply.mediaType());
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        try (var body = exchange.getResponseBody()) {
            body.write(reply.body());
        }
    }
}
