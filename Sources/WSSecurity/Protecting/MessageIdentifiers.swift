import Cryptography

/// The ids that one protection gives out: unique by 128 random bits, and in need of no escaping.
struct MessageIdentifiers {
    private let suffix: String

    init() {
        let digits = Array("0123456789ABCDEF".utf8)
        let octets = SecureRandom.octets(count: 16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        suffix = String(decoding: octets, as: UTF8.self)
    }

    var timestamp: String { "TS-" + suffix }
    var signature: String { "SIG-" + suffix }
    var signatureToken: String { "X509-" + suffix }
    var encryptionToken: String { "X509-E-" + suffix }
    var encryptedKey: String { "EK-" + suffix }

    func encryptedData(_ number: Int) -> String { "ED-\(number)-\(suffix)" }

    func part(_ number: Int) -> String { "id-\(number)-\(suffix)" }
}
