import Cryptography
import FoundationEssentials
import TestSupport
import XML
import XMLSignature

/// A plain XML Signature, verified by the engine's own reader.
///
/// XML Signature lets stand inside of a signature what WS-Security has outside of it: objects and any kind of `ds:KeyInfo`.
/// Neither is part of what is signed by its place, so both are moved before the signature is read.
struct SignatureVector {
    private let original: XMLDocument
    private let folder: String

    /// Scans `octets`; keys that a row names are in `folder`.
    init(_ octets: [UInt8], keysIn folder: String) throws(XMLError) {
        original = try XMLDocument(scanning: octets)
        self.folder = folder
    }

    /// `valid`, or in short why it is refused.
    func outcome(key: String) throws(XMLError) -> String {
        guard let node = signature(in: original) else { return "no signature" }
        let document = try XMLDocument(scanning: arranged(node))
        guard let node = signature(in: document) else { return "no signature" }
        do throws(XMLSignatureError) {
            let signature = try Signature(reading: node, in: document, limits: SignatureLimits())
            let elements = try ElementIndex(of: document, qualified: [Self.utilityID, Self.xmlID])
            var failures: [String] = []
            for candidate in keys(named: key) {
                do throws(XMLSignatureError) {
                    _ = try signature.verify(with: candidate, in: document, elements: elements)
                    return "valid"
                } catch {
                    failures.append(Self.word(error, signature, candidate))
                }
            }
            return failures.first { !$0.hasPrefix("signature of") } ?? failures.first { $0.contains("demanded") }
                ?? failures.first ?? "no key"
        } catch {
            return Self.word(error)
        }
    }

    private static let utilityID = ExpandedName(
        "Id",
        in: "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
    )
    private static let xmlID = ExpandedName("id", in: "http://www.w3.org/XML/1998/namespace")

    /// The refusal with what it concerns: which element, algorithm, limit or reference, and why.
    private static func word(
        _ error: XMLSignatureError,
        _ signature: Signature? = nil,
        _ key: VerifyingKey? = nil
    ) -> String {
        switch error {
        case .malformed(let what): "malformed: \(what)"
        case .unsupportedAlgorithm(let element, let uri): "unsupported \(element) \(uri)"
        case .limitExceeded(let what, let limit): "more than \(limit) \(what)"
        case .unresolvedReference(let uri, let reason): "reference \"\(uri)\": \(reason)"
        case .digestMismatch(let id): "digest of \"\(id)\" differs"
        case .signatureMismatch: "signature of \(signature?.value.count ?? 0) octets differs" + Self.demand(of: key)
        case .cannotSign: "cannot sign"
        }
    }

    /// How long a signature by a key on a curve must be: r and s, each as long as the field.
    private static func demand(of key: VerifyingKey?) -> String {
        guard case .publicKey(let key)? = key else { return "" }
        return switch key.algorithm {
        case .ec(.p256): "; 64 are demanded"
        case .ec(.p384): "; 96 are demanded"
        case .ec(.p521): "; 132 are demanded"
        default: ""
        }
    }

    private func signature(in document: XMLDocument) -> NodeID? {
        ([document.root] + Array(document.descendants(of: document.root)))
            .first {
                document.isNamed($0, "Signature", in: XMLSignatureNamespace.signature)
            }
    }

    /// The document with the signature's objects in front of it, under an element that binds what the signature binds,
    /// and with a `ds:KeyInfo` of one key name.
    private func arranged(_ node: NodeID) -> [UInt8] {
        let namespace = XMLSignatureNamespace.signature
        let children = Array(original.elements(in: node))
        let objects = children.filter { original.isNamed($0, "Object", in: namespace) }
        var edits = objects.map { XMLEdit(range: original.range(of: $0), replacement: []) }
        let named = #"<KeyInfo xmlns="\#(namespace)"><KeyName>vector</KeyName></KeyInfo>"#
        if let info = children.first(where: { original.isNamed($0, "KeyInfo", in: namespace) }) {
            edits.append(XMLEdit(range: original.range(of: info), text: named))
        } else if let value = children.first(where: { original.isNamed($0, "SignatureValue", in: namespace) }) {
            edits.append(XMLEdit(inserting: Array(named.utf8), at: original.range(of: value).upperBound))
        }
        let place = original.range(of: node)
        if !objects.isEmpty {
            let moved = objects.flatMap { original.octets[original.range(of: $0)] }
            let opening = Array("<vector\(declarations(of: node))>".utf8) + moved
            edits.append(XMLEdit(inserting: opening, at: place.lowerBound))
            edits.append(XMLEdit(inserting: Array("</vector>".utf8), at: place.upperBound))
        }
        return original.applying(edits)
    }

    /// The namespace declarations in the element's start tag.
    private func declarations(of node: NodeID) -> String {
        let tag = original.octets[original.range(of: node)].prefix { $0 != UInt8(ascii: ">") }
        let text = String(decoding: tag, as: UTF8.self)
        return text.matches(of: #/\sxmlns(:[\w.-]+)?\s*=\s*("[^"]*"|'[^']*')/#).map { String($0.output.0) }.joined()
    }

    private func keys(named word: String) -> [VerifyingKey] {
        let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
        switch parts[0] {
        case "secret": return [.secret(SecretKey(copying: Hexadecimal.octets(parts[1]) ?? []))]
        case "key":
            let octets = try? Vectors.octets("\(folder)/keys/\(parts[1])")
            return octets.flatMap { try? PublicKey(spki: $0) }.map { [.publicKey($0)] } ?? []
        case "certificate": return [certificate("\(folder)/keys/\(parts[1])")].compactMap(\.self)
        default: return VectorKeys(document: original).publicKeys.map { .publicKey($0) }
        }
    }

    private func certificate(_ path: String) -> VerifyingKey? {
        guard let octets = try? Vectors.octets(path) else { return nil }
        let certificate =
            (try? Certificate(der: octets)) ?? (try? Certificate(pem: String(decoding: octets, as: UTF8.self)))
        return certificate.map { .publicKey($0.publicKey) }
    }
}
