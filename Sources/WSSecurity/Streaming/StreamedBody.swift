import Cryptography
import XML
import XMLEncryption
import XMLSignature

/// What a message's processing asks of a Body whose content lies in a file.
final class StreamedBody {
    private(set) var message: LargeMessage
    private let policy: InboundPolicy
    private let limits: StreamingLimits
    private let folder: String
    /// Plaintext that has been decrypted, until it has taken its place.
    private var decrypted: (content: SpooledContent, placeholder: [UInt8])?
    /// A file that could not be used; what came of it means nothing.
    private(set) var error: LargeMessageError?

    init(_ message: LargeMessage, policy: InboundPolicy, limits: StreamingLimits, folder: String) {
        self.message = message
        self.policy = policy
        self.limits = limits
        self.folder = folder
    }

    /// Checks that ids are unique and names, as `ElementIndex` does for a message that is held.
    func checkIdentifiers() throws(SecurityFault) {
        let identifiers = message.survey.identifiers
        if let id = identifiers.duplicate {
            let cause = "the id \"\(id.prefix(128))\" is carried by several elements; ids must be unique in a message"
            throw SecurityFault(.invalidSecurity, cause)
        }
        guard !policy.allowsForeignIdentifiers, let id = identifiers.foreign else { return }
        throw SecurityFault(.invalidSecurity, "the id \"\(id.prefix(128))\" is no XML name without colon (NCName)")
    }

    /// Checks that all that the header refers to is held.
    func checkReferences(in snapshot: MessageSnapshot) throws(SecurityFault) {
        let identifiers = message.survey.identifiers
        for id in snapshot.header?.referredIdentifiers ?? [] {
            guard !identifiers.isAmbiguous(id) else {
                throw SecurityFault(.failedCheck, "a reference leads to several elements with its id")
            }
            guard snapshot.elements[id] != nil || !identifiers.contains(id) else {
                throw .unservable("the header refers to an element within Body")
            }
        }
    }

    /// Decrypts `data` into a file when its content lies in one; yields what stands in for the plaintext.
    func plaintext(
        of data: EncryptedData,
        under key: borrowing SecretOctets,
        in document: XMLDocument
    ) throws(XMLEncryptionError) -> [UInt8]? {
        guard let range = document.placeholderRange, message.survey.isCipherValue,
            document.range(of: data.node).contains(range.lowerBound)
        else { return nil }
        guard document.contentRange(of: try data.cipherValue(in: document)) == range else { return nil }
        guard data.kind == .content else {
            throw .malformed("a stream cannot serve encrypted data that are an element: encrypt the content of Body")
        }
        let failed: XMLEncryptionError
        do throws(LargeMessageError) {
            let file = try SpoolFile(temporaryIn: folder)
            guard let failure = try decrypt(by: data.method.cipher, under: key, to: file) else {
                let placeholder = Placeholder.make()
                decrypted = (SpooledContent(file), placeholder)
                return placeholder
            }
            failed = failure
        } catch {
            if case .file = error { self.error = error }
            failed = .decryptionFailed
        }
        throw failed
    }

    /// Decrypts the content into `file`; yields why it cannot.
    private func decrypt(
        by cipher: BlockEncryption,
        under key: borrowing SecretOctets,
        to file: SpoolFile
    ) throws(LargeMessageError) -> XMLEncryptionError? {
        guard var decryption = try? StreamedDecryption(cipher, key: key) else { return .decryptionFailed }
        var text = CipherText()
        var decoder = StreamedBase64.Decoder()
        var failure: XMLEncryptionError?
        try message.content.file.read(message.content.range) { chunk throws(LargeMessageError) in
            guard failure == nil else { return }
            guard let characters = text.update(chunk) else { return failure = .unreadCipherValue }
            guard let octets = decoder.update(characters.span) else { return failure = .cipherValueNotBase64 }
            guard let plaintext = try? decryption.update(octets) else { return failure = .decryptionFailed }
            try file.append(plaintext.span)
        }
        if let failure { return failure }
        guard let octets = decoder.finish() else { return .cipherValueNotBase64 }
        guard let plaintext = try? decryption.update(octets) else { return .decryptionFailed }
        try file.append(plaintext.span)
        guard let last = try? decryption.finish() else { return .decryptionFailed }
        try file.append(last.span)
        return nil
    }

    /// `document`, which holds what stands in for the plaintext, with the plaintext, once that has been found to fill its place.
    func adopt(_ document: XMLDocument) throws(SecurityFault) -> XMLDocument {
        guard let (content, placeholder) = decrypted else { return document.filled(with: message.placed) }
        decrypted = nil
        let xml = limits.xml(policy.limits.xml)
        let surveyed = document.filled(with: XMLContent(placeholder: placeholder, source: content, limits: xml))
        var survey = MessageSurvey(limits: limits, looksForCipherValue: false)
        do throws(XMLError) {
            try surveyed.stream(canonicalizing: [], limits: xml) { survey.visit($0, $1) }
        } catch {
            // Names and characters of a plaintext are nothing for a log.
            throw .misplaced("it is not well-formed, or passes a limit")
        }
        let body = try surveyed.contentRange(of: EnvelopeLayout(of: surveyed).body)
        let end = body.upperBound + content.range.count - placeholder.count
        guard survey.content == body.lowerBound..<end else {
            throw .misplaced("it does not end where its parent element ends")
        }
        guard !survey.identifiers.isFull else { throw .unservable("more than \(limits.identifierCount) ids") }
        let placed = XMLContent(
            placeholder: placeholder,
            source: content,
            limits: xml,
            relativeNamespace: survey.relativeNamespace
        )
        let filled = document.filled(with: placed)
        message = LargeMessage(document: filled, content: content, placed: placed, survey: survey)
        return filled
    }

    /// What went wrong with a file.
    var failure: LargeMessageError? { error ?? message.content.error }
}

extension XMLEncryptionError {
    fileprivate static let unreadCipherValue =
        XMLEncryptionError.malformed(
            "a stream cannot serve an xenc:CipherValue that holds references or CDATA sections"
        )
}

extension SecurityFault {
    fileprivate static func misplaced(_ why: String) -> SecurityFault {
        let error = XMLEncryptionError.misplacedPlaintext(why)
        return SecurityFault(error.code, error.description)
    }
}

extension SecurityHeader {
    /// The ids that signatures and lists of encrypted data name.
    fileprivate var referredIdentifiers: [String] {
        var ids: [String] = []
        for child in children {
            switch child {
            case .signature(let signature): ids += signature.signedInfo.references.map(\.id)
            case .encryptedKey(let key): ids += key.dataReferences
            case .referenceList(let list): ids += list
            default: continue
            }
        }
        return ids
    }
}
