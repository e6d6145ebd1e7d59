import FoundationEssentials
import WSSecurity

/// The keys of a run: `signer` and `receiver`, RSA 2048, each as `NAME.key.pem` and `NAME.crt.pem`, which every stack reads.
struct KeyFiles {
    let folder: String

    /// Makes what is missing.
    init(folder: String, now: Date) throws {
        self.folder = folder
        for name in ["signer", "receiver"] where !FileManager.default.fileExists(atPath: path(name, "crt")) {
            let key = try PrivateKey.generate(.rsa2048)
            let certificate = try Certificate.selfSigned(
                key: key,
                subject: "CN=\(name),O=Benchmark",
                notBefore: now.addingTimeInterval(-86_400),
                notAfter: now.addingTimeInterval(365 * 86_400)
            )
            try write(key.pem(), to: path(name, "key"))
            try write(certificate.pem, to: path(name, "crt"))
        }
    }

    func privateKey(_ name: String) throws -> PrivateKey { try PrivateKey(pem: text(path(name, "key"))) }

    func certificate(_ name: String) throws -> Certificate { try Certificate(pem: text(path(name, "crt"))) }

    private func path(_ name: String, _ kind: String) -> String { "\(folder)/\(name).\(kind).pem" }

    private func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }
}
