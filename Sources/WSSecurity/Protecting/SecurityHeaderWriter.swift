import Cryptography
import XML

/// Splices a `wsse:Security` header in front of the other header blocks, with a Header round it where there is none.
struct SecurityHeaderWriter {
    let document: XMLDocument
    let layout: EnvelopeLayout
    let actor: String?
    /// Goes in front of what the header holds already.
    let content: [UInt8]
    /// Goes behind it.
    let lastContent: [UInt8]

    var edit: XMLEdit {
        guard let header = layout.header else {
            let prefix = document.prefix(of: layout.body)
            let name = prefix.isEmpty ? "Header" : prefix + ":Header"
            let namespace = prefix.isEmpty ? " xmlns=\"\(layout.version.namespace)\"" : declaration(prefix)
            let octets = Array("<\(name)\(namespace)>".utf8) + security + Array("</\(name)>".utf8)
            return XMLEdit(inserting: octets, at: document.range(of: layout.body).lowerBound)
        }
        return document.insertingContent(security, into: header)
    }

    /// Puts the content in front of what a header that is there already holds, and behind it.
    func edits(extending header: NodeID) throws(SecurityFault) -> [XMLEdit] {
        var declarations = ""
        for (prefix, namespace) in [("wsse", WSSNamespace.extension), ("wsu", WSSNamespace.utility)] {
            switch document.namespace(forPrefix: prefix, at: header) {
            case namespace: continue
            case nil: declarations += " xmlns:\(prefix)=\"\(namespace)\""
            default:
                throw SecurityFault(.cannotProtect, "the Security header to extend uses the prefix \(prefix) otherwise")
            }
        }
        let name = document.range(of: header).lowerBound + 1 + document.qualifiedName(of: header).utf8.count
        var edits = [XMLEdit(inserting: Array(declarations.utf8), at: name)]
        if document.isEmptyElementTag(header) {
            edits.append(document.insertingContent(content + lastContent, into: header))
        } else {
            edits.append(document.insertingContent(content, into: header))
            edits.append(XMLEdit(inserting: lastContent, at: document.contentRange(of: header).upperBound))
        }
        return edits
    }

    private var security: [UInt8] {
        let (prefix, declaration) = attributePrefix
        let target = actor.map { " \(prefix):\(layout.version.actorAttribute)=\"\(XMLEscaping.attribute($0))\"" } ?? ""
        var octets = [UInt8](
            joining: "<wsse:Security xmlns:wsse=\"",
            WSSNamespace.extension,
            "\" xmlns:wsu=\"",
            WSSNamespace.utility,
            "\"",
            declaration,
            target,
            " ",
            prefix,
            ":mustUnderstand=\"1\">"
        )
        let end = "</wsse:Security>".utf8
        octets.reserveCapacity(octets.count + content.count + lastContent.count + end.count)
        octets += content
        octets += lastContent
        octets += end
        return octets
    }

    /// A prefix of SOAP's namespace for attributes, and its declaration where nothing in scope binds one.
    private var attributePrefix: (prefix: String, declaration: String) {
        let place = layout.header ?? document.root
        let prefix = document.prefix(forNamespace: layout.version.namespace, at: place) ?? ""
        guard prefix.isEmpty || prefix == "wsse" || prefix == "wsu" else { return (prefix, "") }
        return ("soapenv", " xmlns:soapenv=\"\(layout.version.namespace)\"")
    }

    /// Body's prefix may be bound on Body itself only.
    private func declaration(_ prefix: String) -> String {
        document.namespace(forPrefix: prefix, at: document.root) == layout.version.namespace
            ? "" : " xmlns:\(prefix)=\"\(layout.version.namespace)\""
    }
}
