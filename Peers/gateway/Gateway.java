import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.w3c.dom.Document;

/**
 * A gateway in front of one receiver: verifies (and decrypts) a request, signs (and encrypts) it for the receiver, and the reply
 * likewise back. The paths are /in/sign and /in/encrypt; the argument is the receiver's URL. Prints `port N` when it listens.
 */
public final class Gateway {
    private static final int THREADS = 16;

    private final Security security;
    private final String receiver;

    private Gateway(Security security, String receiver) {
        this.security = security;
        this.receiver = receiver;
    }

    public static void main(String[] arguments) throws Exception {
        Gateway gateway = new Gateway(new Security(Path.of(".")), arguments[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.createContext("/in/sign", exchange -> gateway.handle(exchange, "/sign", false));
        server.createContext("/in/encrypt", exchange -> gateway.handle(exchange, "/encrypt", true));
        server.start();
        System.out.println("port " + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange, String path, boolean encrypts) throws IOException {
        try (exchange) {
            byte[] answer;
            int status = 200;
            try (InputStream body = exchange.getRequestBody()) {
                answer = relay(body.readAllBytes(), path, encrypts, exchange.getRequestHeaders().getFirst("SOAPAction"));
            } catch (Exception error) {
                answer = error.toString().getBytes();
                status = 500;
            }
            exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private byte[] relay(byte[] message, String path, boolean encrypts, String action) throws Exception {
        Document request = security.process(message, "sender");
        byte[] reply = post(path, security.protect(request, encrypts ? "receiver" : null), action);
        return security.protect(security.process(reply, "receiver"), encrypts ? "sender" : null);
    }

    private byte[] post(String path, byte[] message, String action) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) URI.create(receiver + path).toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(message.length);
        connection.setRequestProperty("Content-Type", "text/xml; charset=utf-8");
        connection.setRequestProperty("SOAPAction", action == null ? "\"\"" : action);
        connection.getOutputStream().write(message);
        try (InputStream body = connection.getInputStream()) {
            return body.readAllBytes();
        }
    }
}
