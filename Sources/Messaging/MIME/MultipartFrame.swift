import WSSecurity

/// What is round the root part of a `multipart/related` message (RFC 2387; SOAP with Attachments, MTOM): it is carried as it came,
/// octet for octet, while the root part is processed.
struct MultipartFrame: Sendable {
    /// The message's `Content-Type`, as it came: boundary, type, start, start-info.
    let contentType: String
    /// The SOAP version that the types promise.
    let version: SOAPVersion
    private let boundary: [UInt8]
    private let before: Payload
    private let after: Payload

    /// Takes a message apart; returns its frame and the content of its root part.
    static func read(
        _ payload: Payload,
        contentType: String,
        limits: MultipartLimits = MultipartLimits()
    ) throws -> (frame: MultipartFrame, root: Payload) {
        guard let type = MIMEType(contentType), type.essence == MediaType.related else {
            throw MIMEError.malformed("its Content-Type is no multipart/related")
        }
        guard let boundary = type.parameters["boundary"], isBoundary(boundary) else {
            throw MIMEError.malformed("its Content-Type has no boundary of 1 to 70 characters")
        }
        let parts = try MultipartParts(payload, boundary: boundary, limits: limits)
        let root = try parts.root(start: type.parameters["start"])
        let version = try Self.version(of: root.header, in: type)
        guard root.content.count <= limits.rootOctetCount else {
            throw MIMEError.limitExceeded("\(limits.rootOctetCount) octets of the root part")
        }
        let frame = MultipartFrame(
            contentType: contentType,
            version: version,
            boundary: Array(boundary.utf8),
            before: payload.part(0..<root.headerStart) + Payload(root.header.ofChangedContent()),
            after: payload.part(root.content.upperBound..<payload.octetCount)
        )
        return (frame, payload.part(root.content))
    }

    /// The message with `root` in the place of its root part; throws when the root would end before its end.
    func message(round root: Payload) throws -> Payload {
        guard try !DelimiterScan(boundary: boundary).isContained(in: root) else {
            throw MIMEError.malformed("the root part holds the boundary")
        }
        return before + root + after
    }

    /// RFC 2046 section 5.1.1, `bcharsnospace` and inner spaces.
    private static func isBoundary(_ boundary: String) -> Bool {
        (1...70).contains(boundary.utf8.count) && boundary.last != " "
            && boundary.utf8.allSatisfy { octet in
                switch octet {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "'()+_,-./:=? ".utf8.contains(octet)
                }
            }
    }

    /// The version that the type of the root part names; for XOP, its `type` or the package's `start-info` (MTOM section 4.1).
    private static func version(of header: PartHeader, in package: MIMEType) throws -> SOAPVersion {
        let encoding = try header.value("content-transfer-encoding")?.lowercased() ?? "7bit"
        guard ["7bit", "8bit", "binary"].contains(encoding) else {
            throw MIMEError.unsupported(
                "a root part in Content-Transfer-Encoding \(encoding.prefix(32)); send it as binary"
            )
        }
        guard let value = try header.value("content-type"), let type = MIMEType(value) else {
            throw MIMEError.malformed("the root part has no Content-Type")
        }
        if let promised = package.parameters["type"], MediaType.essence(promised) != type.essence {
            throw MIMEError.malformed("the root part is not of the type that the message promises")
        }
        guard type.essence == MediaType.xop else {
            return try version(type.essence)
        }
        guard let inner = type.parameters["type"] ?? package.parameters["start-info"] else {
            throw MIMEError.malformed("the XOP package does not say what its root part is")
        }
        return try version(MediaType.essence(inner))
    }

    private static func version(_ essence: String) throws(MIMEError) -> SOAPVersion {
        guard let version = SOAPVersion.allCases.first(where: { $0.mediaType == essence }) else {
            throw .malformed("the root part is no SOAP message")
        }
        return version
    }
}
