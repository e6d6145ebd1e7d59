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

    /// Asks to destroy a retired version, or approves another person's request.
    package func destroy(_ alias: String, _ request: DestroyKey) async throws(ManagementError) -> DestroyKeyAnswer {
        try await post(["keys", alias, "destroy"], request)
    }
}
