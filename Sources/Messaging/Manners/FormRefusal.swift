import WSSecurity

/// A request that is refused for its form: what the sender is told, and what the log.
struct FormRefusal: Error {
    /// HTTP's status.
    let status: Int
    /// What the sender can mend.
    let reason: String
    /// The cause, for the log.
    let cause: String
    private let code: SOAPFault.Code

    private init(status: Int, reason: String, cause: String, code: SOAPFault.Code = .client) {
        self.status = status
        self.reason = reason
        self.cause = cause
        self.code = code
    }

    /// A body that was not taken.
    init(_ error: BodyError) {
        let (status, reason) =
            switch error {
            case .tooLarge, .expandsTooMuch: (413, "The message is too large")
            case .unsupportedEncoding: (415, "Send the message as it is, or with Content-Encoding: gzip")
            case .malformedEncoding: (400, "The body is not what its Content-Encoding says")
            case .file: (503, "The message could not be stored")
            }
        self.init(status: status, reason: reason, cause: "\(error)", code: status == 503 ? .server : .client)
    }

    /// A multipart message that was not taken.
    init(_ error: MIMEError) {
        let status = if case .limitExceeded = error { 413 } else { 400 }
        self.init(status: status, reason: error.outward, cause: "\(error)")
    }

    /// A body in a media type that the endpoint does not take.
    static func wrongMediaType(_ version: SOAPVersion) -> FormRefusal {
        FormRefusal(
            status: 415,
            reason: "Send \(version.mediaType)",
            cause: "its media type is not \(version.mediaType), nor a multipart message with it"
        )
    }

    /// Characters that nothing here reads.
    static let unreadableCharset = FormRefusal(
        status: 415,
        reason: "Send the message in UTF-8",
        cause: "its charset is neither UTF-8 nor UTF-16"
    )

    /// An envelope of the other SOAP version.
    static func wrongVersion(_ version: SOAPVersion) -> FormRefusal {
        FormRefusal(
            status: 500,
            reason: "This endpoint speaks SOAP \(version.rawValue)",
            cause: "its envelope is not of SOAP \(version.rawValue)",
            code: .versionMismatch
        )
    }

    /// The fault for the sender.
    func fault(_ version: SOAPVersion) -> SOAPFault { SOAPFault(version: version, code: code, reason: reason) }
}
