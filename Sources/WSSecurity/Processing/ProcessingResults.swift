import Cryptography
import XML
import XMLEncryption
import XMLSignature

extension Processing {
    /// What holds a key: an element of the message, or a certificate that it names without bringing it.
    enum TokenIdentity: Hashable {
        case place(PartPlace)
        case certificate(Certificate)
    }

    /// A verified signature, its parts as places.
    struct SignatureResult {
        let signer: Signer
        let hint: KeyHint
        /// Where it stands.
        let place: PartPlace
        /// What it covers.
        var places: [PartPlace]
        /// What holds its key.
        let token: TokenIdentity?
        /// What it covers through the STR-Transform.
        let coveredTokens: [TokenIdentity]
        let method: SignatureMethod
        let value: [UInt8]
    }

    /// A decryption, its parts as places.
    struct DecryptionResult {
        let opener: Decryption.Opener
        let hint: KeyHint
        let places: [PartPlace]
        let method: EncryptionMethod?
    }

    /// The first signature in the header that covers no other.
    var primarySignature: SignatureResult? {
        if signatures.count == 1 { return signatures.first { !$0.places.contains($0.place) } }
        let signatures = signatures.sorted { ($0.place.index ?? 0) < ($1.place.index ?? 0) }
        let places = Set(signatures.map(\.place))
        return signatures.first { places.isDisjoint(with: $0.places) }
    }

    /// Whether a signature that counts covers what holds the primary signature's key.
    var isSignatureTokenSigned: Bool {
        guard let token = primarySignature?.token else { return false }
        if case .place(let place) = token, signed[place] != nil { return true }
        return signatures.contains { counts($0.signer) && $0.coveredTokens.contains(token) }
    }
}

extension PartPlace {
    /// The place among the children of the Security header.
    fileprivate var index: Int? { if case .child(let index) = self { index } else { nil } }
}
