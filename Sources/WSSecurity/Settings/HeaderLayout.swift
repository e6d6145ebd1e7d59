/// The order of what stands in the Security header (WS-SecurityPolicy 1.3 section 6.7).
public enum HeaderLayout: String, CaseIterable, Codable, Hashable, Sendable {
    /// What is used is declared before its use: tokens before what names them, wrapped keys before their data.
    case strict
    /// Any order that WSS SOAP Message Security 1.1.1 allows.
    case lax
    /// As `lax`, and the first element is the timestamp.
    case laxTimestampFirst
    /// As `lax`, and the last element is the timestamp.
    case laxTimestampLast
}
