/// An absolute path from the SOAP envelope down to elements, one expanded name a step; no predicates and no wildcards.
///
/// Every element that matches is meant. SOAP's own elements are written without namespace, so that a path fits both
/// versions: `/Envelope/Body/{urn:order}Order/{urn:order}Card`.
public struct ElementPath: Hashable, Sendable {
    /// Where in the envelope a path starts.
    public enum Origin: String, CaseIterable, Codable, Hashable, Sendable {
        /// `/Envelope/Header`.
        case header = "Header"
        /// `/Envelope/Body`.
        case body = "Body"
    }

    /// An element's name.
    public struct Step: Hashable, Sendable {
        /// The namespace; empty for none.
        public let namespace: String
        /// The local name.
        public let localName: String

        /// A name.
        public init(namespace: String, localName: String) {
            self.namespace = namespace
            self.localName = localName
        }
    }

    /// Where it starts.
    public let origin: Origin
    /// The names below `origin`; one at least.
    public let steps: [Step]

    /// A path; `nil` without steps.
    public init?(from origin: Origin, steps: [Step]) {
        guard !steps.isEmpty else { return nil }
        self.origin = origin
        self.steps = steps
    }
}
