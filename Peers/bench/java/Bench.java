import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Measures on request, one line each: STACK OPERATION OCTETS SECONDS, answered by COUNT NANOSECONDS.
 *
 * Time is the CPU time of the whole process, garbage collector and compiler included. What an operation takes is made before
 * and kept in a file of the working directory, where the plain messages lie. The argument is the stack: wss4j or stax.
 */
public final class Bench {
    /** What is repeated. */
    interface Work {
        Object run() throws Exception;
    }

    /** A stack: the work of an operation on its input; null when it has no such operation. */
    interface Stack {
        Work work(String operation, byte[] input) throws Exception;
    }

    private static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Keeps results alive until the next one, as a caller would. */
    private static volatile Object result;

    private final Stack stack;
    private final Map<String, Work> works = new HashMap<>();

    private Bench(Stack stack) {
        this.stack = stack;
    }

    public static void main(String[] arguments) throws Exception {
        Keys keys = new Keys(Path.of("."));
        Bench bench = new Bench(arguments[0].equals("wss4j") ? new Wss4jStack(keys) : new StaxStack(keys));
        var lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String answer;
            try {
                String[] words = line.split(" ");
                Work work = bench.work(words[0], words[1], words[2]);
                answer = work == null ? "none" : measure(work, Double.parseDouble(words[3]));
            } catch (Exception error) {
                answer = "fail " + error;
            }
            System.out.println(answer.replace('\n', ' '));
        }
    }

    private Work work(String name, String operation, String octets) throws Exception {
        String key = operation + " " + octets;
        if (!works.containsKey(key)) {
            byte[] input = input(name, operation, octets);
            works.put(key, input == null ? null : stack.work(operation, input));
        }
        return works.get(key);
    }

    /** Null when the stack cannot make it. */
    private byte[] input(String name, String operation, String octets) throws Exception {
        String source = switch (operation) {
            case "verify" -> "sign";
            case "decrypt" -> "encrypt";
            case "verify+decrypt" -> "sign+encrypt";
            default -> null;
        };
        if (source == null) return Files.readAllBytes(Path.of("order-" + octets + ".xml"));
        Path file = Path.of(name + "-" + source + "-" + octets + ".xml");
        if (!Files.exists(file)) {
            Work work = work(name, source, octets);
            if (work == null) return null;
            Files.write(file, (byte[]) work.run());
        }
        return Files.readAllBytes(file);
    }

    private static String measure(Work work, double seconds) throws Exception {
        long start = SYSTEM.getProcessCpuTime();
        long count = 0;
        long elapsed;
        do {
            result = work.run();
            count++;
            elapsed = SYSTEM.getProcessCpuTime() - start;
        } while (elapsed < seconds * 1e9);
        return count + " " + elapsed;
    }
}
