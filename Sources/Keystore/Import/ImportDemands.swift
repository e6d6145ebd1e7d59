import Cryptography

/// What a certificate must be besides well-formed.
package struct ImportDemands: Hashable, Sendable {
    /// What a key is used for.
    package enum Use: String, Hashable, Sendable, CaseIterable {
        /// Its owner signs with it.
        case signing
        /// Others encrypt to it.
        case encryption
    }

    /// The fingerprint that the person expects; `nil` when none was given.
    package var fingerprint: Fingerprint?
    /// What flows use the alias for.
    package var uses: Set<Use>

    /// Demands of a person and of the flows.
    package init(fingerprint: Fingerprint? = nil, uses: Set<Use> = []) {
        self.fingerprint = fingerprint
        self.uses = uses
    }

    /// Throws `wrongFingerprint` or `notSuitable`.
    func check(_ leaf: Certificate, for alias: KeyAlias) throws(KeystoreError) {
        let actual = Fingerprint(of: leaf)
        if let fingerprint, fingerprint != actual {
            throw .wrongFingerprint(alias, expected: fingerprint.description, actual: actual.description)
        }
        let allowed = leaf.usage?.description ?? "everything"
        for use in uses.sorted(by: { $0.rawValue < $1.rawValue }) {
            let isAllowed =
                switch use {
                case .signing: leaf.maySign
                case .encryption: leaf.mayEncrypt
                }
            guard isAllowed else { throw .notSuitable(alias, allows: allowed, use: use.rawValue) }
        }
        guard leaf.maySign || leaf.mayEncrypt else {
            throw .notSuitable(alias, allows: allowed, use: "messages")
        }
    }
}
