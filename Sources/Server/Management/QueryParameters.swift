import FoundationEssentials
import Hummingbird
import ManagementAPI
import Messaging

/// The query of a request's address, each parameter read as what it has to be; `nil` where it is left out.
struct QueryParameters {
    private let parameters: Parameters

    init(_ request: Request) {
        parameters = request.uri.queryParameters
    }

    func text(_ name: String) -> String? { parameters[Substring(name)].map(String.init) }

    /// A number, `least` or above.
    func number(_ name: String, from least: Int = 1) throws(Refusal) -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = Int(text), number >= least else {
            throw .malformed("\(name) is \(text.prefix(32))", remedy: "give a number, \(least) or above")
        }
        return number
    }

    func moment(_ name: String) throws(Refusal) -> Date? {
        guard let text = text(name) else { return nil }
        guard let moment = ManagementCoding.moment(in: text) else {
            throw .malformed("\(name) is \(text.prefix(32))", remedy: "write it as 2026-01-31T10:00:00Z")
        }
        return moment
    }

    func flow(_ name: String) throws(Refusal) -> FlowID? {
        guard let text = text(name) else { return nil }
        return try FlowID(named: text)
    }

    /// One of a few words; `subject` is what a refusal calls the thing that is in no such state.
    func choice<Value: CaseIterable & RawRepresentable<String>>(
        _ name: String,
        of subject: String
    ) throws(Refusal) -> Value? {
        guard let text = text(name) else { return nil }
        guard let value = Value(rawValue: text) else {
            let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw .malformed("no \(subject) is \(text.prefix(32))", remedy: "ask for one of \(known)")
        }
        return value
    }
}
