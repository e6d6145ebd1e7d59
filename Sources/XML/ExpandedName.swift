/// A name in a namespace (Namespaces in XML 1.0 section 2.1).
package struct ExpandedName: Hashable, Sendable {
    /// The namespace URI; empty for no namespace.
    package let namespace: String
    /// The local part.
    package let localName: String

    /// The name `localName` in `namespace`, in none when that is left out.
    package init(_ localName: String, in namespace: String = "") {
        self.namespace = namespace
        self.localName = localName
    }

    /// The same with both labels.
    package init(namespace: String, localName: String) {
        self.namespace = namespace
        self.localName = localName
    }
}

extension ExpandedName: CustomStringConvertible {
    /// The name in James Clark's notation: `{namespace}local`.
    package var description: String { namespace.isEmpty ? localName : "{\(namespace)}\(localName)" }
}
