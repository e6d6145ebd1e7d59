import Foundation

/// What `openssl speed` reaches on core 0, per second of CPU time.
struct CryptoLimit {
    let rsaPrivate: Double
    let rsaPublic: Double
    /// Octets a second, by the size of the piece.
    private let digested: [Int: Double]
    private let ciphered: [Int: Double]

    init(octetCounts: [Int], seconds: Int) throws {
        let rates = try Self.speed(["rsa2048"], seconds, prefix: "+F2")
        guard rates.count >= 2 else { throw BenchError("openssl speed says nothing of rsa2048") }
        (rsaPrivate, rsaPublic) = (rates[0], rates[1])
        var (digested, ciphered): ([Int: Double], [Int: Double]) = ([:], [:])
        for count in octetCounts {
            digested[count] = try Self.speed(["-bytes", "\(count)", "-evp", "sha256"], seconds, prefix: "+F:").last
            ciphered[count] = try Self.speed(["-bytes", "\(count)", "-evp", "aes-256-gcm"], seconds, prefix: "+F:").last
        }
        (self.digested, self.ciphered) = (digested, ciphered)
    }

    /// The CPU seconds that one exchange cannot do without: on each leg one message is taken apart and one protected.
    func seconds(_ flow: GatewayFlow, _ octetCount: Int) -> Double {
        let octets = Double(octetCount)
        let keys = flow.isEncrypting ? 2.0 : 1.0
        var leg = keys / rsaPrivate + keys / rsaPublic + 2 * octets / (digested[octetCount] ?? .infinity)
        if flow.isEncrypting { leg += 2 * octets / (ciphered[octetCount] ?? .infinity) }
        return leg * Double(flow.legs)
    }

    /// The numbers of the line that begins with `prefix`.
    private static func speed(_ what: [String], _ seconds: Int, prefix: String) throws -> [Double] {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["taskset", "-c", "0", "openssl", "speed", "-mr", "-seconds", "\(seconds)"] + what
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let line = text.split(separator: "\n").first { $0.hasPrefix(prefix) } ?? ""
        let numbers = line.split(separator: ":").dropFirst(prefix == "+F2" ? 3 : 2).compactMap { Double($0) }
        // Older programs say how long an operation takes.
        return numbers.map { $0 < 1 && $0 > 0 ? 1 / $0 : $0 }
    }
}
