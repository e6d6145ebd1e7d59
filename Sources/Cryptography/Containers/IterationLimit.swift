import SwiftASN1

/// Bounds the work that a container encrypted under a password can ask for.
///
/// Wherever a container names an iteration count (PBKDF2 parameters of RFC 8018, PKCS#12 PBE parameters and `MacData` of
/// RFC 7292), it is an INTEGER just after the OCTET STRING of the salt; so every such pair is looked at.
enum IterationLimit {
    /// The most iterations that are carried out.
    static let iterations = 10_000_000
    private static let depthLimit = 24

    /// Throws `limitExceeded` when a count in `container` passes the limit; leaves malformed containers to their reader.
    static func check(_ container: [UInt8]) throws(CryptographyError) {
        guard let node = try? BER.parse(container) else { return }
        guard isWithin(node, depth: 0) else {
            throw .limitExceeded(what: "the iteration count of the container", limit: iterations)
        }
    }

    private static func isWithin(_ node: ASN1Node, depth: Int) -> Bool {
        guard depth < depthLimit else { return false }
        switch node.content {
        case .primitive(let octets):
            guard node.identifier == .octetString, let inner = try? BER.parse(octets) else { return true }
            return isWithin(inner, depth: depth + 1)
        case .constructed(let nodes):
            var afterSalt = false
            for child in nodes {
                if afterSalt, child.identifier == .integer, !isSmall(child) { return false }
                afterSalt = child.identifier == .octetString
                if !isWithin(child, depth: depth + 1) { return false }
            }
            return true
        }
    }

    private static func isSmall(_ node: ASN1Node) -> Bool {
        guard let count = try? Int(berEncoded: node) else { return false }
        return (0...iterations).contains(count)
    }
}
