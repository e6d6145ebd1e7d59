extension ManagementClient {
    /// Who the token stands for.
    package func me() async throws(ManagementError) -> Person {
        try await get(["me"])
    }

    /// All aliases with their versions, read page by page.
    package func keys() async throws(ManagementError) -> [KeyResource] {
        let limit = 1_000
        var keys: [KeyResource] = []
        while true {
            let page = try await self.keys(after: keys.last?.alias, limit: limit)
            keys += page
            guard page.count == limit else { return keys }
        }
    }

    /// At most `limit` aliases with their versions, after the alias `after`.
    package func keys(after: String?, limit: Int) async throws(ManagementError) -> [KeyResource] {
        let query = [("after", after), ("limit", String(limit))]
        return try await get(["keys"], query: query.compactMap { name, value in value.map { (name, $0) } })
    }

    /// One alias with its versions.
    package func key(_ alias: String) async throws(ManagementError) -> KeyResource {
        try await get(["keys", alias])
    }

    /// Creates or imports a version.
    package func addKeyVersion(_ request: AddKeyVersion) async throws(ManagementError) -> KeyResource {
        try await post(["keys"], request)
    }

    /// Where flows name the alias, and where messages really used it.
    package func whereUsed(_ alias: String) async throws(ManagementError) -> WhereUsed {
        try await get(["keys", alias, "where-used"])
    }

    /// The certificate chain of a version.
    package func certificate(of alias: String, version: Int) async throws(ManagementError) -> CertificateResource {
        try await get(["keys", alias, "versions", String(version), "certificate"])
    }

    /// Exchanges the active version outside of a renewal; refused while a renewal covers the alias.
    package func exchange(_ alias: String, _ request: ExchangeKey) async throws(ManagementError) -> KeyResource {
        try await post(["keys", alias, "exchange"], request)
    }

    /// Gives a key another name.
    package func rename(_ alias: String, _ request: RenameKey) async throws(ManagementError) -> RenameKeyAnswer {
        try await post(["keys", alias, "rename"], request)
    }

    /// Gives a version up that others know, or only says what that would do.
    package func compromise(
        _ alias: String,
        _ request: CompromiseKey
    ) async throws(ManagementError) -> CompromiseKeyAnswer {
        try await post(["keys", alias, "compromise"], request)
    }

    /// The versions whose keeping time is over and that are not destroyed yet.
    package func overdueKeyVersions() async throws(ManagementError) -> [OverdueKeyVersion] {
        try await get(["destructions"])
    }

    /// Asks to destroy a retired version, or approves another person's request.
    package func destroy(_ alias: String, _ request: DestroyKey) async throws(ManagementError) -> DestroyKeyAnswer {
        try await post(["keys", alias, "destroy"], request)
    }
}

extension ManagementClient {
    /// A certificate request for a new key pair, or for a version that is there.
    package func requestCertificate(
        _ alias: String,
        _ request: RequestCertificate
    ) async throws(ManagementError) -> CertificateRequestResource {
        try await post(["keys", alias, "request"], request)
    }

    /// Brings the certificate that was issued for a key that is here.
    package func attach(_ alias: String, _ request: AttachCertificate) async throws(ManagementError) -> KeyResource {
        try await post(["keys", alias, "certificate"], request)
    }

    /// Asks for a private key, encrypted.
    package func requestExport(
        _ alias: String,
        _ request: RequestKeyExport
    ) async throws(ManagementError) -> KeyExportResource {
        try await post(["keys", alias, "exports"], request)
    }

    /// The exports that were not collected.
    package func exports() async throws(ManagementError) -> [KeyExportResource] {
        try await get(["exports"])
    }

    /// Approves another person's export.
    package func approveExport(_ id: String) async throws(ManagementError) -> KeyExportResource {
        try await post(["exports", id, "approve"])
    }

    /// Collects an approved private key, once.
    package func collectExport(
        _ id: String,
        _ request: CollectKeyExport
    ) async throws(ManagementError) -> CollectedKey {
        try await post(["exports", id, "collect"], request)
    }

    /// Takes in a whole keystore, or says what would become of it.
    package func importKeystore(_ request: ImportKeystore) async throws(ManagementError) -> KeystoreImportResource {
        try await post(["keystore", "import"], request)
    }

    /// A backup of all keys, or of one alias.
    package func backUp(_ request: BackUpKeystore) async throws(ManagementError) -> BackupResource {
        try await post(["keystore", "backup"], request)
    }

    /// Brings keys back, or says what would come back.
    package func restore(_ request: RestoreKeystore) async throws(ManagementError) -> RestoreResource {
        try await post(["keystore", "restore"], request)
    }

    /// Seals everything under the current master key.
    package func rotateMasterKey() async throws(ManagementError) -> RotationResource {
        try await post(["master-key", "rotate"])
    }
}
