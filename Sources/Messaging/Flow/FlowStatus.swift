/// Whether an integration flow serves messages.
package enum FlowStatus: String, Hashable, Codable, Sendable, CaseIterable {
    /// It accepts and delivers.
    case deployed
    /// It accepts one-way messages durably and delivers none; requests with a reply are asked to come again.
    case held
    /// It accepts nothing (503 with Retry-After) and delivers nothing; what it has stored is kept.
    case undeployed
}
