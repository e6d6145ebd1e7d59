/// Who is at the other end of an inbound connection, as far as the connection itself tells.
package struct InboundCaller: Sendable {
    /// The address, without port.
    package let address: String
    /// Whether the connection has TLS that ends here.
    package let isTLS: Bool
    /// The value of the `Authorization` field.
    package let authorization: String?
    /// The DER of the client certificate whose key the caller has proved to hold.
    package let certificate: @Sendable () async -> [UInt8]?

    /// A caller; without arguments one of whom nothing is known.
    package init(
        address: String = "unknown",
        isTLS: Bool = false,
        authorization: String? = nil,
        certificate: @escaping @Sendable () async -> [UInt8]? = { nil }
    ) {
        self.address = address
        self.isTLS = isTLS
        self.authorization = authorization
        self.certificate = certificate
    }
}
