import Foundation
import WSSecurity

/// The secret that a request must bear; it has no description.
struct BearerToken: Sendable {
    private let octets: [UInt8]

    /// Reads a token file; white space round the token does not count.
    ///
    /// - Throws: when the file cannot be read or its token is shorter than 16 octets.
    init(file path: String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.utf8.count >= 16 else {
            throw PartnerConfigurationError(key: "tokenFile", problem: "the token in \(path) is shorter than 16 octets")
        }
        octets = Array(text.utf8)
    }

    /// Whether an `Authorization` header's value bears the token.
    func isIn(_ header: String?) -> Bool {
        guard let header, header.hasPrefix("Bearer ") else { return false }
        return ConstantTime.equal(Array(header.dropFirst("Bearer ".count).utf8), octets)
    }
}
