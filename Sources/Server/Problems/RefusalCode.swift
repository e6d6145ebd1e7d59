/// The codes with which the management API refuses, and the one table from code to HTTP status and title.
package enum RefusalCode: String, Sendable, CaseIterable {
    case unauthenticated
    case throttled
    case wrongRole
    case wrongOrganisation
    case notFound
    case malformedRequest
    case tooLarge
    case tooSlow
    case notAllowedNow
    case secondPersonNeeded
    case coveredByRenewal
    case keyRefused
    case flowRefused
    case renewalRefused
    case unavailable
    case failed

    /// The HTTP status (RFC 9110, section 15).
    var status: Int {
        switch self {
        case .unauthenticated: 401
        case .wrongRole, .wrongOrganisation, .secondPersonNeeded: 403
        case .notFound: 404
        case .tooSlow: 408
        case .notAllowedNow, .coveredByRenewal, .renewalRefused: 409
        case .tooLarge: 413
        case .keyRefused, .flowRefused: 422
        case .throttled: 429
        case .malformedRequest: 400
        case .failed: 500
        case .unavailable: 503
        }
    }

    /// The problem's title (RFC 9457, section 3.1.3).
    var title: String {
        switch self {
        case .unauthenticated: "Who you are is not known"
        case .throttled: "Too many wrong tokens"
        case .wrongRole: "Another role's act"
        case .wrongOrganisation: "Another organisation's act"
        case .notFound: "Not found"
        case .malformedRequest: "The request cannot be understood"
        case .tooLarge: "The request is too large"
        case .tooSlow: "The request came too slowly"
        case .notAllowedNow: "Not allowed at this moment"
        case .secondPersonNeeded: "A second person is needed"
        case .coveredByRenewal: "A renewal covers the key"
        case .keyRefused: "The keystore refuses"
        case .flowRefused: "The flow is refused"
        case .renewalRefused: "The renewal refuses"
        case .unavailable: "Not available"
        case .failed: "The system failed"
        }
    }
}
