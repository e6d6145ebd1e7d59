/// The evidence of a renewal (`POST /renewals/ID/evidence`).
package struct EvidenceResource: Codable, Sendable, Hashable {
    /// The renewal.
    package var renewal: String
    /// One HTML file without scripts that loads nothing.
    package var html: String

    /// The evidence of `renewal`.
    package init(renewal: String, html: String) {
        self.renewal = renewal
        self.html = html
    }
}
