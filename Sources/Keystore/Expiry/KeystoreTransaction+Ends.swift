package import FoundationEssentials

extension KeystoreTransaction {
    /// Looks through every version: for stores that keep few.
    package func firstEnds(limit: Int) throws -> [KeyEnd] {
        let ends = try allVersions().filter(\.state.canProcess)
            .compactMap { version in
                version.notAfter.map {
                    KeyEnd(version: version.id, state: version.state, notAfter: $0)
                }
            }
        return Array(ends.sorted { ($0.notAfter, $0.version) < ($1.notAfter, $1.version) }.prefix(limit))
    }

    /// Looks through every notice: for stores that keep few.
    package func expiryNotices(of id: KeyVersionID) throws -> [ExpiryNotice] {
        try expiryNotices().filter { $0.version == id }
    }

    /// Looks through every version: for stores that keep few.
    package func versionsEnding(after lower: Date?, notAfter upper: Date, unsaid days: Int) throws -> [KeyVersionID] {
        try allVersions()
            .filter { version in
                let said = try expiryNotices(of: version.id).filter { $0.days == days }.map(\.notAfter)
                return version.state == .active
                    && ExpiryWatch.ends(of: version)
                        .contains { end in
                            lower.map { end > $0 } ?? true && end <= upper && !said.contains(end)
                        }
            }
            .map(\.id)
    }
}
