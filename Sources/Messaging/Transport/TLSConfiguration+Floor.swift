package import NIOSSL

extension TLSConfiguration {
    /// Sets what both ends of the tenant have in common: TLS 1.2 or later, with forward secrecy and authenticated ciphers
    /// alone (RFC 9325 sections 3.1 and 4.2).
    package mutating func raiseFloor(to version: TLSVersion = .tlsv12) {
        minimumTLSVersion = version
        cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
        applicationProtocols = ["http/1.1"]
    }
}
