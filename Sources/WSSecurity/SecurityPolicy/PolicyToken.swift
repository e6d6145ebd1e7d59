import XML

/// A token that a policy asks for (WS-SecurityPolicy 1.3 section 5).
enum PolicyToken: Hashable {
    case x509(X509)
    case username(Username)

    /// `sp:X509Token` (section 5.4.3).
    struct X509: Hashable {
        let inclusion: TokenInclusion
        /// How it is named where it is included.
        let included: KeyReference
        /// How it is named where it is not.
        let referenced: KeyReference

        func reference(in direction: Direction) -> KeyReference {
            inclusion.includesToken(inRequest: direction == .request) ? included : referenced
        }
    }

    /// `sp:UsernameToken` (section 5.4.1).
    struct Username: Hashable {
        var isHashed = false
        var hasNonce = false
        var hasCreated = false
    }

    /// Which way a message goes.
    enum Direction: Hashable {
        case request
        case response
    }
}

extension PolicyToken {
    /// Reads a token assertion of `document`.
    init(reading assertion: PolicyAssertion, in document: XMLDocument) throws(SecurityPolicyError) {
        if assertion.isNamed("X509Token") {
            self = .x509(try X509(reading: assertion, in: document))
        } else if assertion.isNamed("UsernameToken") {
            self = .username(try Username(reading: assertion))
        } else {
            throw assertion.unsupported("tokens are X509Token and UsernameToken")
        }
    }
}

extension PolicyToken.X509 {
    fileprivate init(reading assertion: PolicyAssertion, in document: XMLDocument) throws(SecurityPolicyError) {
        inclusion = try TokenInclusion(of: assertion, in: document)
        var included = KeyReference.binarySecurityToken
        var referenced = KeyReference.issuerSerial
        for nested in assertion.nested ?? [] {
            switch nested.name.localName {
            case _ where !SecurityPolicyNamespace.isSecurityPolicy(nested.name.namespace): throw nested.unsupported()
            case "WssX509V3Token10", "WssX509V3Token11": continue
            case "WssX509PkiPathV1Token10", "WssX509PkiPathV1Token11": included = .pkiPath
            case "WssX509Pkcs7Token10", "WssX509Pkcs7Token11": included = .pkcs7
            case "RequireEmbeddedTokenReference": included = .embedded
            case "RequireIssuerSerialReference": referenced = .issuerSerial
            case "RequireKeyIdentifierReference": referenced = .subjectKeyIdentifier
            case "RequireThumbprintReference": referenced = .thumbprint
            case "RequireDerivedKeys", "RequireExplicitDerivedKeys", "RequireImpliedDerivedKeys":
                throw nested.unsupported("keys are not derived")
            default: throw nested.unsupported()
            }
        }
        self.included = included
        self.referenced = referenced
    }
}

extension PolicyToken.Username {
    fileprivate init(reading assertion: PolicyAssertion) throws(SecurityPolicyError) {
        for nested in assertion.nested ?? [] {
            switch nested.name.localName {
            case _ where !SecurityPolicyNamespace.isSecurityPolicy(nested.name.namespace): throw nested.unsupported()
            case "WssUsernameToken10", "WssUsernameToken11": continue
            case "HashPassword":
                isHashed = true
                hasNonce = true
                hasCreated = true
            case "Nonce": hasNonce = true
            case "Created": hasCreated = true
            case "NoPassword": throw nested.unsupported("a user without a password proves nothing")
            case "RequireDerivedKeys", "RequireExplicitDerivedKeys", "RequireImpliedDerivedKeys":
                throw nested.unsupported("keys are not derived")
            default: throw nested.unsupported()
            }
        }
    }
}
