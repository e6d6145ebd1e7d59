package import Foundation

/// How the API's values are written: JSON (RFC 8259) with sorted keys and moments as ISO 8601 with milliseconds, in UTC.
package enum ManagementCoding {
    /// The octets of `value`.
    package static func encode(_ value: some Encodable, pretty: Bool = false) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = pretty ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : .sortedKeys
        encoder.dateEncodingStrategy = .custom { moment, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(text(of: moment))
        }
        return try encoder.encode(value)
    }

    /// The value in `octets`; moments are read with and without fractional seconds.
    package static func decode<Value: Decodable>(_ type: Value.Type, from octets: Data) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let moment = moment(in: text) else {
                throw DecodingError.dataCorruptedError(
                    in: container,
                    debugDescription: "not an ISO 8601 moment: \(text)"
                )
            }
            return moment
        }
        return try decoder.decode(type, from: octets)
    }

    /// `2026-01-31T10:00:00.000Z`, rounded to the millisecond.
    ///
    /// The format style cuts off, so a moment that floating point keeps just below its millisecond would lose one.
    package static func text(of moment: Date) -> String {
        moment.addingTimeInterval(0.0005).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// The moment that `text` names; nil when it names none.
    package static func moment(in text: String) -> Date? {
        (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text))
            ?? (try? Date.ISO8601FormatStyle().parse(text))
    }
}
