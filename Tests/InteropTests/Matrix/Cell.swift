import WSSecurity

/// One way to protect a message.
struct Cell: Sendable {
    enum Operation: String, CaseIterable, Sendable {
        case sign
        case signWithP256 = "sign with P-256"
        case encrypt
        case signEncrypt = "sign-encrypt"
        case encryptSign = "encrypt-sign"
    }

    let operation: Operation
    let reference: KeyReference
    let soap: SOAPVersion
    var cipher = EncryptionMethod.aes256GCM
    var oaep = DigestAlgorithm.sha1

    /// Every cell: the operations over every key reference and SOAP version, encryption over every cipher and OAEP digest too.
    static let all = Operation.allCases.flatMap { operation in
        [KeyReference.binarySecurityToken, .issuerSerial, .subjectKeyIdentifier, .thumbprint]
            .flatMap { reference in
                SOAPVersion.allCases.flatMap { soap in
                    Cell(operation: operation, reference: reference, soap: soap).variants
                }
            }
    }

    /// The row of the printed summary.
    var row: String {
        operation == .encrypt ? "encrypt \(cipherWord) oaep-\(oaepWord)" : operation.rawValue
    }

    /// The column of the printed summary.
    var column: String { "\(reference) \(soap.rawValue)" }

    /// The cipher in a peer's words.
    var cipherWord: String {
        switch cipher {
        case .aes128GCM: "aes128-gcm"
        case .aes192GCM: "aes192-gcm"
        case .aes256GCM: "aes256-gcm"
        case .aes128CBC: "aes128-cbc"
        case .aes192CBC: "aes192-cbc"
        case .aes256CBC: "aes256-cbc"
        }
    }

    /// The digest of OAEP in a peer's words.
    var oaepWord: String { oaep == .sha1 ? "sha1" : "sha256" }

    private var variants: [Cell] {
        guard operation == .encrypt else { return [self] }
        return [EncryptionMethod.aes128GCM, .aes256GCM, .aes128CBC, .aes256CBC]
            .flatMap { cipher in
                [DigestAlgorithm.sha1, .sha256]
                    .map { oaep in
                        Cell(operation: operation, reference: reference, soap: soap, cipher: cipher, oaep: oaep)
                    }
            }
    }
}
