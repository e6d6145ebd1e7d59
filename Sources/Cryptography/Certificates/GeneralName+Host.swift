import COpenSSL
import SwiftASN1
import X509

extension GeneralName {
    /// A host as certificates name it (RFC 5280 section 4.2.1.6): the octets of an address, or a DNS name.
    init(host: String) {
        guard let address = a2i_IPADDRESS(host) else {
            ERR_clear_error()
            self = .dnsName(host)
            return
        }
        defer { ASN1_OCTET_STRING_free(address) }
        let octets = UnsafeBufferPointer(start: ASN1_STRING_get0_data(address), count: Int(ASN1_STRING_length(address)))
        self = .ipAddress(ASN1OctetString(contentBytes: Array(octets)[...]))
    }
}
