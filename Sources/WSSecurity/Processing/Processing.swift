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
    /// The canonical form of what is in Body, where verifying brought it up; of the message as it stands.
    var bodyForm: VerifiedReferences.Form?
    /// What must not have been accepted before.
    var replayMarks: [ReplayMark] = []
    var usernameToken: VerifiedUsernameToken?
    var assertions: [PartPlace: AssertionResult] = [:]
    /// Wrapped keys of the header that were opened.
    var contentKeys: [PartPlace: ContentKey] = [:]
    var privateKeyOperationCount = 0
    /// The ids of the data that were decrypted.
    var decryptedIDs: Set<String> = []
    /// The ids of the data that named the one key that opened them.
    var boundIDs: Set<String> = []
    /// The ids of data that keys for other recipients name.
    var foreignIDs: Set<String> = []
    /// Whether octets were decrypted, or it was tried: from here on every fault looks the same to the peer.
    var hasDecrypted = false
    /// What the message said of the key that was used last.
    var hint: KeyHint?

    /// The content of Body, when that lies in a file.
    var streamed: StreamedBody?

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

    /// Encrypted data may stand before the key that opens them: what they turn out to be is processed in a second round.
    private mutating func processChildren() throws(SecurityFault) {
        guard let count = snapshot.header?.children.count else { return }
        var pending = Array(0..<count)
        for _ in 0..<2 {
            var left: [Int] = []
            for index in pending where try !process(index, of: count) { left.append(index) }
            pending = left
            if pending.isEmpty { break }
        }
        guard pending.isEmpty else {
            throw SecurityFault(.invalidSecurity, "xenc:EncryptedData in wsse:Security that no key opens")
        }
        try checkForeignKeys()
    }

    /// Processes one child; `false` when it is not yet decrypted.
    private mutating func process(_ index: Int, of count: Int) throws(SecurityFault) -> Bool {
        guard let header = snapshot.header, header.children.count == count else {
            throw SecurityFault(.invalidSecurity, "decrypting changed the number of elements in wsse:Security")
        }
        switch header.children[index] {
        case .signature(let signature): try verify(signature, at: index, in: header)
        case .encryptedKey(let key) where !key.dataReferences.isEmpty: try decrypt(listOf: key, in: header)
        case .referenceList(let ids): try decrypt(list: ids, in: header)
        case .encryptedData(let data): return try decrypt(data, in: header)
        case .usernameToken(let node): try authenticate(node)
        case .assertion(let node): _ = try accept(assertion: node, in: header)
        case .encryptedKey, .timestamp, .binarySecurityToken, .signatureConfirmation, .tokenReference: break
        }
        return true
    }

    private mutating func checkTimestamp() throws(SecurityFault) {
        guard timestamp == nil, let node = snapshot.header?.timestamp else { return }
        timestamp = try Timestamp(reading: node, in: snapshot.document).verified(at: now, policy: policy)
    }

    /// Reads key references of `header` in the message as it stands.
    func reader(of header: SecurityHeader) -> TokenReader {
        TokenReader(
            document: snapshot.document,
            elements: snapshot.elements,
            header: header.node,
            keys: keys,
            allowsForeignIdentifiers: policy.allowsForeignIdentifiers
        )
    }
}
