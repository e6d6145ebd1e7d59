import Cryptography

/// The ids that one protection gives out: unique by 128 random bits, and in need of no escaping.
struct MessageIdentifiers {
    private let suffix: String

    init() {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(32)
        for octet in SecureRandom.octets(count: 16) {
            text.append(digits[Int(octet >> 4)])
            text.append(digits[Int(octet & 15)])
        }
        suffix = String(decoding: text, as: UTF8.self)
    }

    var timestamp: String { "TS-" + suffix }
    var usernameToken: String { "UT-" + suffix }
    var assertionReference: String { "STR-SAML-" + suffix }

    func signature(_ number: Int) -> String { id("SIG", number) }

    func signatureToken(_ number: Int) -> String { id("X509", number) }

    func tokenReference(_ number: Int) -> String { id("STR", number) }

    func encryptionToken(_ number: Int) -> String { id("X509-E", number) }

    func encryptedKey(_ number: Int) -> String { id("EK", number) }

    func encryptedData(_ number: Int) -> String { "ED-\(number)-\(suffix)" }

    func encryptedHeader(_ number: Int) -> String { "EH-\(number)-\(suffix)" }

    func confirmation(_ number: Int) -> String { "SC-\(number)-\(suffix)" }

    func part(_ number: Int) -> String { "id-\(number)-\(suffix)" }

    /// The first, which is most often the only one, has no number.
    private func id(_ kind: String, _ number: Int) -> String {
        number == 0 ? kind + "-" + suffix : "\(kind)-\(number)-\(suffix)"
    }
}
