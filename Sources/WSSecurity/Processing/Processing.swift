import Cryptography
import FoundationEssentials
import XML
import XMLEncryption
import XMLSignature

/// The processing of one message: the children of the Security header in order, cheap checks before costly ones.
struct Processing {
    var snapshot: MessageSnapshot
    let policy: InboundPolicy
    let keys: any TrustedKeys
    let replayCache: (any ReplayCache)?
    let now: Date

    var signed: [PartPlace: Canonicalization] = [:]
    var encrypted: Set<PartPlace> = []
    var signatures: [SignatureResult] = []
    var decryptions: [DecryptionResult] = []
    var timestamp: VerifiedTimestamp?
    /// What must not have been accepted before.
    var replayMarks: [ReplayMark] = []
    /// Whether octets were decrypted, or it was tried: from here on every fault looks the same to the peer.
    var hasDecrypted = false
    /// What the message said of the key that was used last.
    var hint: KeyHint?

    /// The content of Body, when that lies in a file.
    var streamed: StreamedBody?

    /// A verified signature, its parts as places.
    struct SignatureResult {
        let certificate: Certificate
        let hint: KeyHint
        let places: [PartPlace]
        let method: SignatureMethod
        let value: [UInt8]
    }

    /// A decryption, its parts as places.
    struct DecryptionResult {
        let certificate: Certificate
        let hint: KeyHint
        let places: [PartPlace]
        let method: EncryptionMethod?
    }

    init(
        snapshot: MessageSnapshot,
        policy: InboundPolicy,
        keys: any TrustedKeys,
        replayCache: (any ReplayCache)? = nil,
        now: Date
    ) {
        self.snapshot = snapshot
        self.policy = policy
        self.keys = keys
        self.replayCache = replayCache
        self.now = now
    }

    mutating func run() throws(SecurityFault) -> ProcessedMessage {
        do throws(SecurityFault) {
            try checkDemands()
            try checkTimestamp()
            try processChildren()
            try checkTimestamp()
            try checkCoverage()
            try checkReplay()
            return message()
        } catch {
            throw SecurityFault(
                error.code,
                error.cause,
                hint: error.hint ?? hint,
                followsDecryption: hasDecrypted
            )
        }
    }

    private mutating func processChildren() throws(SecurityFault) {
        guard let count = snapshot.header?.children.count else { return }
        for index in 0..<count {
            guard let header = snapshot.header, header.children.count == count else {
                throw SecurityFault(.invalidSecurity, "decrypting changed the number of elements in wsse:Security")
            }
            switch header.children[index] {
            case .signature(let signature): try verify(signature, in: header)
            case .encryptedKey(let key) where !key.dataReferences.isEmpty:
                try decrypt(key.dataReferences, with: key, in: header)
            case .referenceList(let ids): try decrypt(ids, in: header)
            case .encryptedData:
                throw SecurityFault(.invalidSecurity, "xenc:EncryptedData in wsse:Security that no key before it names")
            case .encryptedKey, .timestamp, .binarySecurityToken, .signatureConfirmation: continue
            }
        }
    }

    private mutating func checkTimestamp() throws(SecurityFault) {
        guard timestamp == nil, let node = snapshot.header?.timestamp else { return }
        timestamp = try Timestamp(reading: node, in: snapshot.document).verified(at: now, policy: policy)
    }
}
