import Cryptography
import XMLSignature

extension MessageSecurity {
    /// The keys that fulfil a policy.
    public struct Keys: Sendable {
        /// Signs.
        public var signing: SigningCredential?
        /// Endorses the signature.
        public var endorsing: SigningCredential?
        /// The certificate to encrypt for.
        public var recipient: Certificate?
        /// The user's name and password; the form of the token is the policy's.
        public var user: UsernameCredential?

        /// Keys; those that the policy does not ask for are not used.
        public init(
            signing: SigningCredential? = nil,
            endorsing: SigningCredential? = nil,
            recipient: Certificate? = nil,
            user: UsernameCredential? = nil
        ) {
            self.signing = signing
            self.endorsing = endorsing
            self.recipient = recipient
            self.user = user
        }
    }

    /// What is done to a message that leaves; its `confirmations` are to be set where the policy asks for them.
    ///
    /// Throws `contradictory` when a key is missing that the policy needs.
    public func protection(with keys: Keys) throws(SecurityPolicyError) -> OutboundProtection {
        var protection = OutboundProtection(order: order, timestampLifetime: hasTimestamp ? .seconds(300) : nil)
        protection.layout = layout
        protection.partsWherePresent = partsWherePresent
        if let signature {
            guard let credential = keys.signing else {
                throw .contradictory("it asks for a signature: give a key to sign with")
            }
            protection.signature = (signature, credential)
        }
        if let endorsement {
            guard let credential = keys.endorsing else {
                throw .contradictory("it asks for an endorsing signature: give its key")
            }
            protection.furtherSignatures = [(endorsement, credential)]
        }
        if let encryption {
            guard let recipient = keys.recipient else {
                throw .contradictory("it asks for encryption: give the recipient's certificate")
            }
            protection.encryption = (encryption, recipient)
        }
        if let user {
            guard var credential = keys.user else {
                throw .contradictory("it asks for a user's token: give name and password")
            }
            credential.form = user.isHashed ? .digest : .text
            credential.includesNonce = user.hasNonce
            credential.includesCreated = user.hasCreated
            protection.usernameToken = credential
        }
        return protection
    }

    /// What a receiver demands of a message; its `confirmations` are to be set where the policy asks for them.
    public func inboundPolicy() -> InboundPolicy {
        let optional = partsWherePresent
        var signed = Set(signature?.parts ?? [])
        if endorsement != nil { signed.insert(.signature) }
        let encrypted = Set(encryption?.parts ?? []).union(encryption?.wholeParts ?? [])
        var policy = InboundPolicy(
            signed: signed.subtracting(optional),
            encrypted: encrypted.subtracting(optional),
            requiresTimestamp: hasTimestamp,
            order: signature != nil && encryption != nil ? order : nil
        )
        policy.signedWherePresent = signed.intersection(optional)
        policy.encryptedWherePresent = encrypted.intersection(optional)
        policy.layout = layout
        if let user {
            policy.usernameToken = UsernameTokenDemand(
                forms: user.isHashed ? [.digest] : [.text],
                requiresNonce: user.hasNonce,
                requiresCreated: user.hasCreated
            )
        }
        if let signature {
            let methods = SignatureMethod.allCases.filter { $0.algorithm.digest == signature.algorithm }
            policy.signatureAlgorithms = Set(methods)
            policy.digestAlgorithms = [signature.digest]
        }
        if let encryption {
            policy.encryptionAlgorithms = [encryption.algorithm]
            policy.keyTransports = encryption.keyTransport == .rsa15 ? [.rsa15] : KeyTransportMethod.recommended
        }
        return policy
    }

    /// Header blocks and elements are protected where a message has them (WS-SecurityPolicy 1.3 section 4.1).
    private var partsWherePresent: Set<MessagePart> {
        let parts = (signature?.parts ?? []) + (encryption?.parts ?? []) + Array(encryption?.wholeParts ?? [])
        return Set(
            parts.filter { part in
                switch part {
                case .header, .element: true
                default: false
                }
            }
        )
    }
}
