import Cryptography
import XML
import XMLEncryption

/// The encryption of the parts of one message under one fresh key.
struct PartEncryption: ~Copyable {
    private let settings: EncryptionSettings
    private let recipients: [SecurityTokenReferenceWriter]
    private let identifiers: MessageIdentifiers
    private let writer: EncryptedDataWriter
    private let key: SecretOctets
    private let streamed: StreamedProtection?
    /// The content of the `ds:KeyInfo` of each `xenc:EncryptedData`; `nil` = it has none, because the wrapped keys name it.
    private let keyInfo: String?
    private var ids: [String] = []

    init(
        _ settings: EncryptionSettings,
        for recipients: [SecurityTokenReferenceWriter],
        identifiers: MessageIdentifiers,
        streaming body: StreamedProtection? = nil
    ) throws(SecurityFault) {
        streamed = body
        self.settings = settings
        self.recipients = recipients
        self.identifiers = identifiers
        writer = EncryptedDataWriter(method: settings.algorithm)
        key = settings.algorithm.cipher.generateKey()
        guard recipients.count == 1 || settings.keyPlacement == .header else {
            throw SecurityFault(
                .cannotProtect,
                "several recipients need their wrapped keys in the header, each with its list of references"
            )
        }
        switch settings.keyPlacement {
        case .header where recipients.count > 1: keyInfo = nil
        case .header, .separateReferenceList:
            keyInfo = SecurityTokenReferenceWriter.encryptedKey(id: identifiers.encryptedKey(0))
        case .encryptedData:
            var recipient = recipients[0]
            recipient.declaresPrefixes = true
            keyInfo = String(
                decoding: try Self.wrapped(key, settings, for: recipient, id: nil, references: []),
                as: UTF8.self
            )
        }
    }

    /// The `xenc:EncryptedData` of `plaintext`, and the id that it got.
    mutating func encrypted(
        _ plaintext: ArraySlice<UInt8>,
        as kind: EncryptedData.Kind
    ) throws(SecurityFault) -> (id: String, octets: [UInt8]) {
        let id = identifiers.encryptedData(ids.count)
        ids.append(id)
        do throws(XMLEncryptionError) {
            if let value = try cipherValue(of: plaintext) {
                return (id, writer.element(as: kind, id: id, keyInfo: keyInfo, cipherValue: value))
            }
            return (id, try writer.encrypted(plaintext, as: kind, id: id, key: key, keyInfo: keyInfo))
        } catch {
            throw SecurityFault(.cannotProtect, error.description)
        }
    }

    private func cipherValue(of plaintext: ArraySlice<UInt8>) throws(XMLEncryptionError) -> [UInt8]? {
        do throws(CryptographyError) {
            return try streamed?.cipherValue(of: plaintext, by: settings.algorithm.cipher, under: key)
        } catch {
            throw .cannotEncrypt(error)
        }
    }

    /// What the Security header gets once everything is encrypted: wrapped keys, and the list of references where that
    /// stands alone.
    func headerElements() throws(SecurityFault) -> [HeaderElement] {
        var elements: [HeaderElement] = []
        if settings.keyPlacement != .encryptedData {
            for (number, recipient) in recipients.enumerated() {
                let id = identifiers.encryptedKey(number)
                let references = settings.keyPlacement == .header ? ids : []
                let octets = try Self.wrapped(key, settings, for: recipient, id: id, references: references)
                elements.append(HeaderElement(nil, id: id, octets: octets))
            }
        }
        if settings.keyPlacement != .header {
            elements.append(HeaderElement(nil, id: "", text: ReferenceListWriter.text(ids)))
        }
        return elements
    }

    private static func wrapped(
        _ key: borrowing SecretOctets,
        _ settings: EncryptionSettings,
        for recipient: SecurityTokenReferenceWriter,
        id: String?,
        references: [String]
    ) throws(SecurityFault) -> [UInt8] {
        do {
            return try EncryptedKeyWriter(method: settings.keyTransport)
                .encryptedKey(
                    key,
                    id: id,
                    recipient: recipient.certificate.publicKey,
                    keyInfo: recipient.text,
                    dataReferences: references
                )
        } catch {
            throw SecurityFault(.cannotProtect, error.description, hint: .certificate(recipient.certificate))
        }
    }
}
