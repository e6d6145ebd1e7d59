import FoundationEssentials

extension KeystoreBackup {
    /// A version as a backup writes it.
    struct Entry: Codable {
        let alias: KeyAlias
        let number: Int
        let owner: KeyOwner
        let state: KeyVersionState
        let chain: [Data]
        let former: [Data]
        let sealedPrivateKey: Data?
        let tokenKey: TokenKey?
        let createdAt: Date
        let activatedAt: Date?
        let exchangedAt: Date?
        let stoppedAcceptingAt: Date?
        let destroyedAt: Date?

        init(_ version: KeyVersion) {
            alias = version.id.alias
            number = version.id.number
            owner = version.owner
            state = version.state
            chain = version.chainOctets.map { Data($0) }
            former = version.formerOctets.map { Data($0) }
            sealedPrivateKey = version.sealedPrivateKey.map { Data($0) }
            tokenKey = version.tokenKey
            createdAt = version.createdAt
            activatedAt = version.activatedAt
            exchangedAt = version.exchangedAt
            stoppedAcceptingAt = version.stoppedAcceptingAt
            destroyedAt = version.destroyedAt
        }

        func version() throws(KeystoreError) -> KeyVersion {
            guard number > 0 else { throw .malformedBackup("a version without a number") }
            return KeyVersion(
                id: KeyVersionID(alias: alias, number: number),
                owner: owner,
                state: state,
                chain: try KeyVersion.chain(of: chain.map { [UInt8]($0) }),
                formerCertificates: try KeyVersion.chain(of: former.map { [UInt8]($0) }),
                sealedPrivateKey: sealedPrivateKey.map { [UInt8]($0) },
                tokenKey: tokenKey,
                createdAt: createdAt,
                activatedAt: activatedAt,
                exchangedAt: exchangedAt,
                stoppedAcceptingAt: stoppedAcceptingAt,
                destroyedAt: destroyedAt
            )
        }
    }

    /// An assignment as a backup writes it.
    struct Assigned: Codable {
        let alias: KeyAlias
        let number: Int
        let partner: PartnerID
        let manner: KeyAssignment.Manner

        init(_ assignment: KeyAssignment) {
            alias = assignment.version.alias
            number = assignment.version.number
            partner = assignment.partner
            manner = assignment.manner
        }

        var assignment: KeyAssignment {
            KeyAssignment(version: KeyVersionID(alias: alias, number: number), partner: partner, manner: manner)
        }
    }
}
