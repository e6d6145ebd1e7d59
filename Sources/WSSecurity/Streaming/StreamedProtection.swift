import Cryptography
import XML

/// What a message's protection asks of a Body whose content lies in a file.
final class StreamedProtection {
    /// The content as it stands: the message's own, or what it was encrypted to.
    private(set) var content: SpooledContent
    private(set) var placed: XMLContent
    private let plain: XMLContent
    private let limits: XMLLimits
    private let folder: String
    /// A file that could not be used; what came of it means nothing.
    private(set) var error: LargeMessageError?

    init(_ message: LargeMessage, folder: String) {
        content = message.content
        placed = message.placed
        plain = message.placed
        limits = message.placed.limits
        self.folder = folder
    }

    /// Encrypts the content into a file, when that is what `plaintext` stands in for; yields what stands in for the text of
    /// the `xenc:CipherValue`.
    func cipherValue(
        of plaintext: ArraySlice<UInt8>,
        by cipher: BlockEncryption,
        under key: borrowing SecretOctets
    ) throws(CryptographyError) -> [UInt8]? {
        guard plaintext.elementsEqual(placed.placeholder) else { return nil }
        var encryption = try StreamedEncryption(cipher, key: key)
        var encoder = StreamedBase64.Encoder()
        var failure: CryptographyError?
        do throws(LargeMessageError) {
            let file = try SpoolFile(temporaryIn: folder)
            try content.file.read(content.range) { chunk throws(LargeMessageError) in
                var text: [UInt8] = []
                do throws(CryptographyError) {
                    if failure == nil { text = encoder.update(try encryption.update(chunk)) }
                } catch {
                    failure = error
                }
                try file.append(text.span)
            }
            let last = failure == nil ? Self.last(&encryption, &encoder) : .success([])
            switch last {
            case .success(let text): try file.append(text.span)
            case .failure(let error): failure = error
            }
            content = SpooledContent(file)
            placed = XMLContent(
                placeholder: Placeholder.make(),
                source: content,
                limits: limits,
                relativeNamespace: nil
            )
        } catch {
            self.error = error
        }
        if let failure { throw failure }
        return placed.placeholder
    }

    private static func last(
        _ encryption: inout StreamedEncryption,
        _ encoder: inout StreamedBase64.Encoder
    ) -> Result<[UInt8], CryptographyError> {
        do throws(CryptographyError) {
            let text = encoder.update(try encryption.finish())
            return .success(text + encoder.finish())
        } catch {
            return .failure(error)
        }
    }

    /// What went wrong with a file.
    var failure: LargeMessageError? { error ?? content.error }

    /// What cannot be canonicalized as a stream.
    var obstacle: XMLError? { plain.error ?? placed.error }

    /// Writes `envelope`, which holds what stands in for the content, with the content.
    func write(_ envelope: [UInt8], to file: SpoolFile) throws(LargeMessageError) {
        guard let place = placed.placeholderRange(in: envelope) else { return try file.append(envelope.span) }
        try file.append(envelope.span.extracting(0..<place.lowerBound))
        try content.file.read(content.range) { chunk throws(LargeMessageError) in try file.append(chunk) }
        try file.append(envelope.span.extracting(place.upperBound..<envelope.count))
    }
}
