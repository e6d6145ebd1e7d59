import Cryptography

/// Hashed look-ups from what messages name certificates by to the versions that have it.
struct KeyringIndex: Sendable {
    private var byIssuerSerial = ShardedMap<IssuerSerial, [KeyVersionID]>()
    private var byKeyIdentifier = ShardedMap<[UInt8], [KeyVersionID]>()
    private var byThumbprint = ShardedMap<[UInt8], [KeyVersionID]>()

    init() {}

    /// Takes in `certificate`, which the version `id` has or had.
    mutating func insert(_ certificate: Certificate, of id: KeyVersionID) {
        byIssuerSerial[certificate.issuerSerial] = (byIssuerSerial[certificate.issuerSerial] ?? []).with(id)
        byKeyIdentifier[certificate.keyIdentifier] = (byKeyIdentifier[certificate.keyIdentifier] ?? []).with(id)
        byThumbprint[certificate.thumbprint] = (byThumbprint[certificate.thumbprint] ?? []).with(id)
    }

    /// Forgets `certificate`, which the version `id` had.
    mutating func remove(_ certificate: Certificate, of id: KeyVersionID) {
        byIssuerSerial[certificate.issuerSerial] = byIssuerSerial[certificate.issuerSerial]?.without(id)
        byKeyIdentifier[certificate.keyIdentifier] = byKeyIdentifier[certificate.keyIdentifier]?.without(id)
        byThumbprint[certificate.thumbprint] = byThumbprint[certificate.thumbprint]?.without(id)
    }

    func versions(issuer: String, serial: String) -> [KeyVersionID] {
        IssuerSerial(issuerName: issuer, serialNumber: serial).flatMap { byIssuerSerial[$0] } ?? []
    }

    func versions(subjectKeyIdentifier: [UInt8]) -> [KeyVersionID] {
        byKeyIdentifier[subjectKeyIdentifier] ?? []
    }

    func versions(thumbprint: [UInt8]) -> [KeyVersionID] {
        byThumbprint[thumbprint] ?? []
    }
}

extension [KeyVersionID] {
    /// With `id`, in order.
    fileprivate func with(_ id: KeyVersionID) -> [KeyVersionID] {
        contains(id) ? self : (self + [id]).sorted()
    }

    /// Without `id`; `nil` when nothing is left.
    fileprivate func without(_ id: KeyVersionID) -> [KeyVersionID]? {
        let rest = filter { $0 != id }
        return rest.isEmpty ? nil : rest
    }
}
