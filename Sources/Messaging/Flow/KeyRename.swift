package import Keystore

/// Another name for a key, for the keystore and for every flow that names it at once.
package struct KeyRename: Sendable {
    /// What it is called.
    package let alias: KeyAlias
    /// What it is called from now on.
    package let name: KeyAlias
    /// Whether flows that name it are changed; else one that does is in the way.
    package let changesFlows: Bool
    /// What the keystore does about it, given the flows that are changed, in the transaction that changes them.
    package let inKeystore: @Sendable (any KeystoreTransaction, [FlowID]) throws -> Void

    package init(
        _ alias: KeyAlias,
        to name: KeyAlias,
        changesFlows: Bool,
        inKeystore: @escaping @Sendable (any KeystoreTransaction, [FlowID]) throws -> Void
    ) {
        self.alias = alias
        self.name = name
        self.changesFlows = changesFlows
        self.inKeystore = inKeystore
    }
}

/// Why a key cannot get another name where it is used.
package enum KeyRenameError: Error, Hashable, Sendable {
    /// Flows name it, and were not to be changed.
    case namedByFlows(KeyAlias, [FlowID])
    /// A listener of the tenant's configuration names it.
    case namedByListener(KeyAlias, String)
    /// The name stands in the flow's document in a way that only a person can change.
    case unclearDocument(KeyAlias, FlowID)
}

extension KeyRenameError: CustomStringConvertible {
    /// The cause and what mends it.
    package var description: String { "\(cause): \(mend)" }

    /// The stable word for programs.
    package var code: String {
        switch self {
        case .namedByFlows: "namedByFlows"
        case .namedByListener: "namedByListener"
        case .unclearDocument: "unclearDocument"
        }
    }

    /// The cause.
    package var cause: String {
        switch self {
        case .namedByFlows(let alias, let flows):
            "the key '\(alias)' is named by the flows \(flows.map(\.rawValue).joined(separator: ", "))"
        case .namedByListener(let alias, let listener):
            "the key '\(alias)' is named by `listen.\(listener).tls` of the tenant's configuration"
        case .unclearDocument(let alias, let flow):
            "the document of the flow '\(flow)' names the key '\(alias)' by an anchor or in another indirect way"
        }
    }

    /// What mends it.
    package var mend: String {
        switch self {
        case .namedByFlows: "rename it in them too, with `--with-flows`, or name another key in them first"
        case .namedByListener: "name another key there, start the tenant again, and rename this one then"
        case .unclearDocument(let alias, _):
            "write '\(alias)' itself wherever it is meant, deploy the document, and rename then"
        }
    }
}
