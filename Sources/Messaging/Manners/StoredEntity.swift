import WSSecurity

/// A message as queue and archive keep it: the envelope alone, or the multipart body behind its `Content-Type`.
enum StoredEntity {
    private static let mark = Array("Content-Type: ".utf8)
    private static let end: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]

    /// The octets to seal.
    static func octets(of entity: MessageEntity) throws -> [UInt8] {
        try octets(of: entity.payload(), in: entity.frame)
    }

    /// The octets of `payload`, which came or goes in `frame`.
    static func octets(of payload: Payload, in frame: MultipartFrame?) throws -> [UInt8] {
        guard let frame else { return try payload.octets() }
        return try mark + Array(frame.contentType.utf8) + end + payload.octets()
    }

    /// The message that ``octets(of:)`` wrote, in a spool file when it is large; an envelope never begins like a header
    /// field.
    static func entity(_ octets: [UInt8], _ terms: PayloadTerms) throws -> MessageEntity {
        guard octets.starts(with: mark), let stop = octets.firstIndex(of: 0x0D), octets[stop...].starts(with: end)
        else {
            return try MessageEntity(envelope: payload(octets[...], terms))
        }
        let contentType = String(decoding: octets[mark.count..<stop], as: UTF8.self)
        return try MessageEntity(payload(octets[(stop + end.count)...], terms), contentType: contentType)
    }

    /// What was accepted once is taken again, whatever the limit is now.
    private static func payload(_ octets: ArraySlice<UInt8>, _ terms: PayloadTerms) throws(BodyError) -> Payload {
        guard octets.count > terms.spoolThreshold else { return Payload(Array(octets)) }
        var terms = terms
        terms.octetLimit = .max
        var writer = PayloadWriter(terms)
        try writer.append(octets.span)
        return writer.finish()
    }
}
