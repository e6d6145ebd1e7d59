import ArgumentParser
import Cryptography

/// How certificates are written.
enum CertificateForm: String, ExpressibleByArgument, CaseIterable {
    case pem
    case der
    case p7b

    func octets(of chain: [Certificate]) throws -> [UInt8] {
        switch self {
        case .pem: Array(chain.map(\.pem).joined().utf8)
        case .der: chain.first?.der ?? []
        case .p7b: try CertificateBag.pkcs7(chain)
        }
    }
}
