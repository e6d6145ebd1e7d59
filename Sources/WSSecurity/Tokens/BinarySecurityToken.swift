import Cryptography
import XML
import XMLSignature

/// `wsse:BinarySecurityToken` with a certificate (X.509 Certificate Token Profile 1.1.1 section 3.1).
struct BinarySecurityToken {
    let valueType: String
    let certificate: Certificate

    init(reading node: NodeID, by reader: TokenReader) throws(SecurityFault) {
        let document = reader.document
        let encoding = document.attribute("EncodingType", of: node) ?? WSSIdentifier.base64Binary
        guard encoding == WSSIdentifier.base64Binary, let octets = document.base64Octets(of: node) else {
            throw SecurityFault(.invalidSecurityToken, "wsse:BinarySecurityToken is not Base64")
        }
        valueType = document.attribute("ValueType", of: node) ?? ""
        certificate = try Self.certificate(octets, valueType: valueType, by: reader)
    }

    /// The certificate in `octets`; of a path its last, of a bag the one that issued none of the others.
    static func certificate(
        _ octets: [UInt8],
        valueType: String,
        by reader: TokenReader
    ) throws(SecurityFault) -> Certificate {
        switch valueType {
        case WSSIdentifier.x509v3: return try reader.certificate(der: octets)
        case WSSIdentifier.x509PKIPathv1:
            guard let last = PKIPath.last(in: octets) else {
                throw SecurityFault(.invalidSecurityToken, "the message's certificate path cannot be read")
            }
            return try reader.certificate(der: last)
        case WSSIdentifier.pkcs7:
            let certificates: [Certificate]
            do {
                certificates = try CertificateBag.pkcs7(der: octets)
            } catch {
                throw SecurityFault(.invalidSecurityToken, "the message's certificates cannot be read: \(error)")
            }
            return try TokenReader.signer(among: certificates)
        default:
            throw SecurityFault(.unsupportedSecurityToken, "token of type \(valueType.prefix(256)) is not supported")
        }
    }
}
