import XML
import XMLEncryption
import XMLSignature

/// The value of `body`, an error of XML Signature as the fault that it means.
func securityFault<Value>(
    hint: KeyHint? = nil,
    fromSignature body: @autoclosure () throws(XMLSignatureError) -> Value
) throws(SecurityFault) -> Value {
    do {
        return try body()
    } catch {
        throw SecurityFault(error.code, error.description, hint: hint)
    }
}

/// The value of `body`, an error of XML Encryption as the fault that it means.
func securityFault<Value: ~Copyable>(
    hint: KeyHint? = nil,
    fromEncryption body: @autoclosure () throws(XMLEncryptionError) -> Value
) throws(SecurityFault) -> Value {
    do {
        return try body()
    } catch {
        throw SecurityFault(error.code, error.description, hint: hint)
    }
}

extension XMLDocument {
    /// Scans a message; what is wrong with it as XML becomes a fault.
    init(message octets: [UInt8], limits: XMLLimits) throws(SecurityFault) {
        do {
            try self.init(scanning: octets, limits: limits)
        } catch {
            throw SecurityFault(.malformedMessage, error.description)
        }
    }
}

extension XMLSignatureError {
    var code: SecurityFault.Code {
        switch self {
        case .malformed, .limitExceeded: .invalidSecurity
        case .unsupportedAlgorithm: .unsupportedAlgorithm
        case .unresolvedReference, .digestMismatch, .signatureMismatch: .failedCheck
        case .cannotSign: .cannotProtect
        }
    }
}

extension XMLEncryptionError {
    var code: SecurityFault.Code {
        switch self {
        case .malformed, .limitExceeded: .invalidSecurity
        case .unsupportedAlgorithm: .unsupportedAlgorithm
        case .decryptionFailed, .misplacedPlaintext: .failedCheck
        case .cannotEncrypt, .keyUnavailable: .cannotProtect
        }
    }
}
