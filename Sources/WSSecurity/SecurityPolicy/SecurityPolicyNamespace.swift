/// The namespaces of WS-Policy, WS-SecurityPolicy and WSDL.
enum SecurityPolicyNamespace {
    /// WS-Policy 1.2 and 1.5.
    static let policy: Set = ["http://schemas.xmlsoap.org/ws/2004/09/policy", "http://www.w3.org/ns/ws-policy"]
    /// WS-SecurityPolicy 1.1.
    static let version11 = "http://schemas.xmlsoap.org/ws/2005/07/securitypolicy"
    /// WS-SecurityPolicy 1.2; version 1.3 keeps it for what it did not add.
    static let version12 = "http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702"
    /// What WS-SecurityPolicy 1.3 added.
    static let version13 = "http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200802"
    /// The algorithm suites with GCM that Apache CXF added to the standard's.
    static let cxf = "http://cxf.apache.org/custom/security-policy"
    /// WSDL 1.1.
    static let wsdl = "http://schemas.xmlsoap.org/wsdl/"

    /// Whether a name of that namespace is an assertion of WS-SecurityPolicy.
    static func isSecurityPolicy(_ namespace: String) -> Bool {
        namespace == version11 || namespace == version12 || namespace == version13 || namespace == cxf
    }
}
