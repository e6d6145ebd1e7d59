/// The permission to protect messages of one named trial with a version that is staged: the only exception to "what is not active
/// does not protect".
package struct ProbePermit: Hashable, Codable, Sendable {
    /// What the trial is called where it was decided, such as `orders-sign-2/probe-17`.
    package let name: String
    /// The version that may protect its messages, in place of its alias's active one.
    package let version: KeyVersionID

    /// A permission for the trial `name` and for `version` alone.
    package init(name: String, version: KeyVersionID) {
        self.name = name
        self.version = version
    }

    /// Whether `version`, in `state`, may protect under this permission: staged, or active by now.
    package func allows(_ version: KeyVersionID, in state: KeyVersionState) -> Bool {
        version == self.version && (state == .staged || state == .active)
    }
}
