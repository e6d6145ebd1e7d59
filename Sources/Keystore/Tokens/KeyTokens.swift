import Cryptography

/// The tokens that the tenant's configuration names.
package struct KeyTokens: Sendable {
    private let byName: [TokenName: any KeyToken]

    /// These tokens; of two with one name the last.
    package init(_ tokens: [any KeyToken] = []) {
        byName = Dictionary(tokens.map { ($0.name, $0) }) { $1 }
    }

    /// The token of that name; throws `unknownToken`.
    package func token(_ name: TokenName) throws(KeystoreError) -> any KeyToken {
        guard let token = byName[name] else { throw .unknownToken(name) }
        return token
    }
}
