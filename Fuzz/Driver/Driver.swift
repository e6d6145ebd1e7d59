import CLibFuzzer
import FuzzTargets

/// Runs libFuzzer on one target: `rekey-fuzz NAME [OPTION…] [FOLDER…]`.
@main
enum Driver {
    /// Set once before libFuzzer starts, which calls back without a context.
    nonisolated(unsafe) private static var target: FuzzTarget?

    static func main() {
        guard CommandLine.argc > 1, let target = FuzzTarget.all.first(where: { $0.name == CommandLine.arguments[1] })
        else {
            for target in FuzzTarget.all { print(target.name, target.summary, separator: "\t") }
            return
        }
        Self.target = target
        var count = CommandLine.argc - 1
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
        _ = LLVMFuzzerRunDriver(&count, &arguments) { octets, octetCount in
            Driver.run(UnsafeBufferPointer(start: octets, count: octetCount))
            return 0
        }
    }

    /// A broken promise stops the program, so that libFuzzer keeps the input.
    private static func run(_ input: UnsafeBufferPointer<UInt8>) {
        do throws(BrokenPromise) {
            try target?.run([UInt8](input))
        } catch {
            fatalError(error.description)
        }
    }
}
