import Cryptography
import TestSupport

/// The key pairs of `Tests/Vectors/keys`.
enum Fixtures {
    static let password = "peerpass"

    static func text(_ name: String) throws -> String {
        String(decoding: try Vectors.octets("keys/\(name)"), as: UTF8.self)
    }

    static func key(_ name: String) throws -> PrivateKey {
        try PrivateKey(pem: text("\(name).key.pem"))
    }

    static func certificate(_ name: String) throws -> Certificate {
        try Certificate(pem: text("\(name).crt.pem"))
    }

    static func octets(_ hexadecimal: String) throws -> [UInt8] {
        guard let octets = Hexadecimal.octets(hexadecimal.filter { !$0.isWhitespace }) else { throw Malformed() }
        return octets
    }

    static func secret(_ hexadecimal: String) throws -> SecretOctets {
        SecretOctets(copying: try octets(hexadecimal))
    }

    static func holds(_ secret: borrowing SecretOctets, _ octets: [UInt8]) -> Bool {
        ConstantTime.equal(secret, SecretOctets(copying: octets))
    }

    struct Malformed: Error {}
}

extension SeededGenerator {
    mutating func octets(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
    }
}
