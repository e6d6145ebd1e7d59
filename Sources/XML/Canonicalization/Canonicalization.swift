/// A canonicalization method with its parameters.
package struct Canonicalization: Hashable, Sendable {
    /// The recommendation that is followed.
    package enum Algorithm: Hashable, Sendable {
        /// Canonical XML 1.0.
        case inclusive10
        /// Canonical XML 1.1.
        case inclusive11
        /// Exclusive XML Canonicalization 1.0.
        case exclusive10
    }

    /// The recommendation.
    package var algorithm: Algorithm
    /// Whether comments are kept.
    package var withComments: Bool
    /// The tokens of `InclusiveNamespaces/@PrefixList`: prefixes and `#default`; only for the exclusive algorithm.
    package var inclusivePrefixes: [String]

    /// A method; exclusive without comments and prefix list when nothing else is said.
    package init(
        _ algorithm: Algorithm = .exclusive10,
        withComments: Bool = false,
        inclusivePrefixes: [String] = []
    ) {
        self.algorithm = algorithm
        self.withComments = withComments
        self.inclusivePrefixes = inclusivePrefixes
    }
}

extension Canonicalization {
    private static let identifiers: [(uri: String, algorithm: Algorithm)] = [
        ("http://www.w3.org/TR/2001/REC-xml-c14n-20010315", .inclusive10),
        ("http://www.w3.org/2006/12/xml-c14n11", .inclusive11),
        ("http://www.w3.org/2001/10/xml-exc-c14n#", .exclusive10),
    ]

    /// The method that an `Algorithm` attribute names; nil for another URI.
    package init?(uri: String) {
        let withComments = uri.utf8.last == UInt8(ascii: "s")
        for (identifier, algorithm) in Self.identifiers
        where uri == (withComments ? Self.commented(identifier) : identifier) {
            self.init(algorithm, withComments: withComments)
            return
        }
        return nil
    }

    /// The identifier of the algorithm, with its form that keeps comments where wanted.
    package var uri: String {
        let plain = Self.identifiers.first { $0.algorithm == algorithm }?.uri ?? ""
        return withComments ? Self.commented(plain) : plain
    }

    private static func commented(_ uri: String) -> String {
        uri + (uri.hasSuffix("#") ? "WithComments" : "#WithComments")
    }
}
