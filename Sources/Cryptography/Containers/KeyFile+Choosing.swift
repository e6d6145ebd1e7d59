extension KeyFile {
    /// The one entry that is meant: that of `name`, or the only one; throws `malformedKey` that lists the names.
    package func entry(named name: String? = nil) throws(CryptographyError) -> Entry {
        let candidates = entries.filter { entry in name == nil || entry.name == name }
        if let only = candidates.first, candidates.count == 1 { return only }
        // A key pair stands out among the certificates of authorities.
        let pairs = candidates.filter { if case .pair = $0.content { true } else { false } }
        if let only = pairs.first, pairs.count == 1 { return only }
        let names = entries.prefix(20).map { $0.name ?? "(no name)" }.joined(separator: ", ")
        guard let name else {
            throw .malformedKey("it holds \(entries.count) entries; name one of \(names), or import it as a keystore")
        }
        throw .malformedKey("\(candidates.count) of its entries are named \(name.prefix(80)); it holds \(names)")
    }

    /// The key pair of `entry(named:)`, with certificates of another file where this one has the key alone.
    ///
    /// Throws as `entry(named:)` does, what made the entry unreadable, or `malformedKey` when there is no pair.
    package func pair(
        named name: String? = nil,
        certificates: KeyFile? = nil
    ) throws(CryptographyError) -> (key: PrivateKey, chain: [Certificate]) {
        switch try entry(named: name).content {
        case .pair(let key, let chain):
            guard let certificates else { return (key, chain) }
            return try (key, certificates.certificates())
        case .key(let key):
            guard let certificates else { throw .malformedKey("it is a private key alone: give its certificate too") }
            guard case .pair(_, let chain) = Self.content(key, try certificates.certificates()) else {
                throw .malformedCertificate("none in the file for certificates")
            }
            return (key, chain)
        case .certificates: throw .malformedKey("it holds certificates alone: say whose they are, or give the key too")
        case .other(let what): throw .malformedKey("it is \(what)")
        case .unreadable(let error): throw error
        }
    }

    /// The certificates of `entry(named:)`, leaf first, also those of a pair.
    package func certificates(named name: String? = nil) throws(CryptographyError) -> [Certificate] {
        switch try entry(named: name).content {
        case .pair(_, let chain), .certificates(let chain): return chain
        case .key: throw .malformedCertificate("the file holds a private key and no certificate")
        case .other(let what): throw .malformedCertificate("the file holds \(what)")
        case .unreadable(let error): throw error
        }
    }
}
