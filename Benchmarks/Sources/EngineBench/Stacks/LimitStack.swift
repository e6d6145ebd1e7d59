import CLimit

/// The same primitives called raw in libcrypto; for the XML-alone row, libxml2.
struct LimitStack: Stack {
    private let rekey: RekeyStack

    init(rekey: RekeyStack) { self.rekey = rekey }

    func work(_ operation: Operation, octetCount: Int) throws -> (() throws -> Void)? {
        if operation == .xml { return try libxml2(octetCount) }
        guard limit_prepare(octetCount) == 1 else { throw BenchError("libcrypto failed") }
        let work = Self.work(operation, octetCount)
        return { guard limit_run(work) == 1 else { throw BenchError("libcrypto failed") } }
    }

    private static func work(_ operation: Operation, _ octets: Int) -> limit_work {
        var work = limit_work()
        switch operation {
        case .sign, .signEncrypt, .decrypt, .verifyDecrypt: work.private_operations = 1
        default: break
        }
        switch operation {
        case .verify, .verifyDecrypt, .encrypt, .signEncrypt: work.public_operations = 1
        default: break
        }
        if operation != .encrypt, operation != .decrypt { work.digested_octets = octets }
        if operation != .sign, operation != .verify { work.ciphered_octets = octets }
        work.is_encrypting = operation == .encrypt || operation == .signEncrypt ? 1 : 0
        return work
    }

    private func libxml2(_ octetCount: Int) throws -> () throws -> Void {
        let work = try XMLWork(signed: rekey.input(of: .xml, octetCount))
        let digest = { () throws -> [UInt8] in
            var digest = [UInt8](repeating: 0, count: 32)
            guard limit_xml(work.input, work.input.count, work.id, &digest) == 1 else {
                throw BenchError("libxml2 failed")
            }
            return digest
        }
        guard try digest() == work.digest() else { throw BenchError("libxml2 and Rekey digest different octets") }
        return { _ = try digest() }
    }
}
