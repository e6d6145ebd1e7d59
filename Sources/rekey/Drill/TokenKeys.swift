import ManagementAPI

/// What the tenant's token held of the two key pairs of a renewal.
struct TokenKeys: Sendable {
    private static let halves = 2

    /// Whether the old one was there when nothing but its retention kept it.
    let isOldKept: Bool
    /// Whether the old one is gone, now that it is destroyed.
    let isOldGone: Bool
    /// Whether the new one is there.
    let isNewThere: Bool

    /// Whether the token held what it must.
    var isRight: Bool { isOldKept && isOldGone && isNewThere }

    /// Looks into the token after the end of a renewal; `isOldKept` was seen before it.
    init(ended renewal: RenewalResource, isOldKept: Bool, in token: StageToken) throws {
        self.isOldKept = isOldKept
        isOldGone = try token.halves(of: renewal.alias, renewal.oldVersion) == 0
        isNewThere = try token.halves(of: renewal.alias, renewal.newVersion) == Self.halves
    }

    /// Whether the old key pair is there.
    static func isOldThere(_ renewal: RenewalResource, in token: StageToken) throws -> Bool {
        try token.halves(of: renewal.alias, renewal.oldVersion) == halves
    }
}
