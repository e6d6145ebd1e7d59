import CLimit

/// One RSA-2048 operation of libcrypto and nothing else: what the smallest messages are compared with.
struct RawKeyStack: Stack {
    func work(_ operation: Operation, octetCount: Int) throws -> (() throws -> Void)? {
        guard operation == .sign || operation == .verify else { return nil }
        guard limit_prepare(0) == 1 else { throw BenchError("libcrypto failed") }
        var work = limit_work()
        if operation == .sign { work.private_operations = 1 } else { work.public_operations = 1 }
        return { guard limit_run(work) == 1 else { throw BenchError("libcrypto failed") } }
    }
}
