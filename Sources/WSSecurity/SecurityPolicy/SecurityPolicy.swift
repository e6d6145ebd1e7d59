import XML

/// A policy of WS-SecurityPolicy 1.1 to 1.3 as settings for both messages of an operation.
///
/// Understood: `AsymmetricBinding` and `TransportBinding` with X.509 tokens, supporting tokens (user names, an endorsing
/// certificate), signed and encrypted parts and elements, layouts, the algorithm suites with AES, `Wss10`, `Wss11`. Of
/// several alternatives the first that is understood is taken; an assertion that is not understood is an error.
public struct SecurityPolicy: Hashable, Sendable {
    /// An operation of a WSDL document.
    public struct Subject: Hashable, Sendable {
        /// The name of the `wsdl:port`; may be left out where there is one.
        public var port: String?
        /// The name of the `wsdl:operation`; may be left out where there is one.
        public var operation: String?

        /// A port's operation.
        public init(port: String? = nil, operation: String? = nil) {
            self.port = port
            self.operation = operation
        }
    }

    /// What the initiator sends.
    public let request: MessageSecurity
    /// What the recipient answers.
    public let response: MessageSecurity

    /// Reads a `wsp:Policy` that applies to both messages; `allowed` are the old algorithms that it may ask for.
    public init(policy octets: [UInt8], allowing allowed: Set<LegacyAlgorithm> = []) throws(SecurityPolicyError) {
        let document = try XMLDocument(policy: octets)
        let name = document.name(of: document.root)
        guard name.localName == "Policy", document.isOfPolicy(document.root) else {
            throw .malformed("the document is \(name), no wsp:Policy")
        }
        let form = try PolicyNormalForm(reading: document.root, in: document, policies: document.policies())
        try self.init(request: form, response: form, in: document, allowing: allowed)
    }

    /// Reads the policies that a WSDL 1.1 document attaches to `subject`; `allowed` as above.
    public init(
        wsdl octets: [UInt8],
        subject: Subject = Subject(),
        allowing allowed: Set<LegacyAlgorithm> = []
    ) throws(SecurityPolicyError) {
        let document = try XMLDocument(policy: octets)
        let operation = try PolicyAttachment(document).operation(subject)
        try self.init(request: operation.request, response: operation.response, in: document, allowing: allowed)
    }

    private init(
        request: PolicyNormalForm,
        response: PolicyNormalForm,
        in document: XMLDocument,
        allowing allowed: Set<LegacyAlgorithm>
    ) throws(SecurityPolicyError) {
        let compile = { (form: PolicyNormalForm, direction: PolicyToken.Direction) throws(SecurityPolicyError) in
            try PolicyCompiler(document: document, direction: direction, allowed: allowed).compile(form)
        }
        self.request = try compile(request, .request)
        self.response = try compile(response, .response)
    }
}

extension XMLDocument {
    fileprivate init(policy octets: [UInt8]) throws(SecurityPolicyError) {
        do {
            try self.init(scanning: octets, limits: .standard)
        } catch {
            throw .malformed(error.description)
        }
    }
}
