import Cryptography
import XML
import XMLSignature

/// `wsse:BinarySecurityToken` with a certificate (X.509 Certificate Token Profile 1.1.1 section 3.1).
struct BinarySecurityToken {
    let valueType: String
    let certificate: Certificate

    init(reading node: NodeID, in document: XMLDocument, keys: any TrustedKeys) throws(SecurityFault) {
        let encoding = document.attribute("EncodingType", of: node) ?? WSSIdentifier.base64Binary
        guard encoding == WSSIdentifier.base64Binary, let octets = document.base64Octets(of: node) else {
            throw SecurityFault(.invalidSecurityToken, "wsse:BinarySecurityToken is not Base64")
        }
        valueType = document.attribute("ValueType", of: node) ?? ""
        certificate = try Self.certificate(octets, valueType: valueType, keys: keys)
    }

    /// The certificate in `octets`; of a path its last, which is the one that signs.
    static func certificate(
        _ octets: [UInt8],
        valueType: String,
        keys: any TrustedKeys
    ) throws(SecurityFault) -> Certificate {
        do {
            switch valueType {
            case WSSIdentifier.x509v3: return try keys.knownCertificate(der: octets) ?? Certificate(der: octets)
            case WSSIdentifier.x509PKIPathv1:
                guard let last = PKIPath.last(in: octets) else { break }
                return try keys.knownCertificate(der: last) ?? Certificate(der: last)
            default:
                throw SecurityFault(
                    .unsupportedSecurityToken,
                    "token of type \(valueType.prefix(256)) is not supported"
                )
            }
        } catch let error as CryptographyError {
            throw SecurityFault(.invalidSecurityToken, "the message's certificate cannot be read: \(error)")
        } catch let fault as SecurityFault {
            throw fault
        } catch {}
        throw SecurityFault(.invalidSecurityToken, "the message's certificate path cannot be read")
    }
}
