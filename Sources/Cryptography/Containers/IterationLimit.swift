import SwiftASN1

/// Bounds the work that a container encrypted under a password can ask for.
///
/// PKCS#12 and encrypted PKCS#8 are such. Wherever a container names an iteration count (PBKDF2 parameters of RFC 8018, PKCS#12 PBE parameters and `MacData` of
/// RFC 7292), it is an INTEGER just after the OCTET STRING of the salt; so every such pair is looked at.
enum IterationLimit {
    /// The most iterations that are carried out.
    static let iterations = 10_000_000
    private static let depthLimit = 24

    /// Whether every count in `container` is within the limit; `nil` when it is not BER at all.
    static func isKept(by container: [UInt8]) -> Bool? {
        (try? BER.parse(container)).map { isWithin($0, depth: 0) }
    }

    /// For a container that passes the limit.
    static let error = CryptographyError.limitExceeded(what: "the iteration count of the container", limit: iterations)

    private static func isWithin(_ node: ASN1Node, depth: Int) -> Bool {
        guard depth < depthLimit else { return false }
        switch node.content {
        case .primitive(let octets):
            return node.identifier != .octetString || isWithin(inside: octets, depth: depth)
        case .constructed(let nodes) where node.identifier == .octetString:
            return isWithin(inside: joined(nodes, depth: depth)[...], depth: depth)
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

    /// Looks into an OCTET STRING that holds BER, as containers nest.
    private static func isWithin(inside octets: ArraySlice<UInt8>, depth: Int) -> Bool {
        guard let inner = try? BER.parse(octets) else { return true }
        return isWithin(inner, depth: depth + 1)
    }

    /// The content of an OCTET STRING that comes in segments (X.690 section 8.7.3).
    private static func joined(_ segments: ASN1NodeCollection, depth: Int) -> [UInt8] {
        guard depth < depthLimit else { return [] }
        return segments.flatMap { segment in
            switch segment.content {
            case .primitive(let octets): Array(octets)
            case .constructed(let nodes): joined(nodes, depth: depth + 1)
            }
        }
    }

    private static func isSmall(_ node: ASN1Node) -> Bool {
        guard let count = try? Int(berEncoded: node) else { return false }
        return (0...iterations).contains(count)
    }
}
