import FoundationEssentials
import Hummingbird
import ManagementAPI
import NIOCore

extension Request {
    static let octetLimit = 1 << 20
    /// A whole keystore in Base64, with its JSON.
    static let keystoreOctetLimit = 6 << 20
    /// A backup in Base64, with its JSON.
    static let backupOctetLimit = 64 << 20
    private static let timeBound = Duration.seconds(30)

    /// The body, within limits of size and time.
    func octets(upTo limit: Int = octetLimit) async throws -> [UInt8] {
        let body = body
        let buffer = try await Deadline.within(Self.timeBound) {
            try await body.collect(upTo: limit)
        }
        guard let buffer else {
            throw Refusal(.tooSlow, "the request took too long", remedy: "send it without pauses")
        }
        return Array(buffer.readableBytesView)
    }

    /// The JSON value in the body.
    func value<Value: Decodable>(_ type: Value.Type, upTo limit: Int = octetLimit) async throws -> Value {
        let octets = try await octets(upTo: limit)
        do {
            return try ManagementCoding.decode(type, from: Data(octets))
        } catch {
            throw Refusal.malformed(
                "the body is not the JSON that is expected: \(Self.cause(error))",
                remedy: "mend that in the JSON object of the request (\(Value.self))"
            )
        }
    }

    /// The UTF-8 text of the body.
    func text() async throws -> String {
        guard let text = try await String(validating: octets(), as: UTF8.self) else {
            throw Refusal.malformed("the body is not UTF-8 text", remedy: "send UTF-8")
        }
        return text
    }

    /// Where decoding failed and why, without any of the values.
    private static func cause(_ error: any Error) -> String {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context)?: "`\(place(context, key))` is missing"
        case .valueNotFound(_, let context)?: "`\(place(context))` has no value"
        case .typeMismatch(_, let context)? where !context.codingPath.isEmpty: "`\(place(context))` is of another kind"
        case .typeMismatch?: "it is of another kind as a whole"
        case .dataCorrupted(let context)? where !context.codingPath.isEmpty: "`\(place(context))` cannot be read"
        default: "it is no JSON"
        }
    }

    private static func place(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
        (context.codingPath + (key.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
    }
}
