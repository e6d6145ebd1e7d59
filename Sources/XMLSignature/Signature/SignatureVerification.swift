package import Cryptography
package import XML

/// The canonical octets of the token that a reference names; `nil` when it names none or several.
package typealias TokenOctets = (NodeID, Canonicalization) -> [UInt8]?

extension Signature {
    /// Verifies by a public key; otherwise as below.
    package func verify(
        with key: PublicKey,
        in document: XMLDocument,
        elements: ElementIndex,
        token: TokenOctets = { _, _ in nil }
    ) throws(XMLSignatureError) -> VerifiedReferences {
        try verify(with: .publicKey(key), in: document, elements: elements, token: token)
    }

    /// Verifies the signature value, then each reference (XML Signature 1.1 section 3.2).
    ///
    /// `document` must be the one that the signature was read from, `elements` its index; `token` yields the canonical
    /// octets of what a token reference names, for the STR-Transform. With `parent`, the canonical form of the only element
    /// in it is kept where it comes up.
    package func verify(
        with key: VerifyingKey,
        in document: XMLDocument,
        elements: ElementIndex,
        token: TokenOctets = { _, _ in nil },
        keepingElementIn parent: NodeID? = nil
    ) throws(XMLSignatureError) -> VerifiedReferences {
        try document.checkCanonicalForm()
        guard key.verifies(value, of: signedInfo, in: document) else { throw .signatureMismatch }
        let kept = parent.flatMap { document.onlyElement(in: $0) }
        var form: VerifiedReferences.Form?
        var verified: [VerifiedReferences.Element] = []
        verified.reserveCapacity(signedInfo.references.count)
        for reference in signedInfo.references {
            let keeping = kept.map { (element: $0, parent: parent) }
            verified.append(
                try verify(reference, in: document, elements: elements, token: token, keeping: keeping, as: &form)
            )
        }
        return VerifiedReferences(elements: verified, form: form, method: signedInfo.method, signatureValue: value)
    }

    private func verify(
        _ reference: Reference,
        in document: XMLDocument,
        elements: ElementIndex,
        token: TokenOctets,
        keeping kept: (element: NodeID, parent: NodeID?)?,
        as form: inout VerifiedReferences.Form?
    ) throws(XMLSignatureError) -> VerifiedReferences.Element {
        guard let node = elements[reference.id] else {
            throw .unresolvedReference(uri: reference.uri, reason: "no element, or several, have this id")
        }
        if reference.transforms.isEnveloped, !document.isNode(self.node, within: node) {
            throw .unresolvedReference(
                uri: reference.uri,
                reason: "the enveloped-signature transform needs the signature within"
            )
        }
        let digest: [UInt8]
        if reference.transforms.isTokenReference {
            guard let octets = token(node, reference.transforms.canonicalization) else {
                throw .unresolvedReference(
                    uri: reference.uri,
                    reason: "the STR-Transform needs a reference to one known token"
                )
            }
            digest = reference.digest.digest(of: octets)
        } else if let kept, kept.parent == node, !reference.transforms.isEnveloped {
            let method = reference.transforms.canonicalization
            var digester = Digester(reference.digest)
            let octets = document.canonicalize(node, by: method, copying: kept.element) { digester.update($0) }
            digest = digester.finalize()
            form = octets.map { VerifiedReferences.Form(element: kept.element, canonicalization: method, octets: $0) }
        } else {
            digest = document.digest(
                of: node,
                by: reference.digest,
                as: reference.transforms.canonicalization,
                omitting: reference.transforms.isEnveloped ? self.node : nil
            )
        }
        guard ConstantTime.equal(digest, reference.digestValue) else { throw .digestMismatch(id: reference.id) }
        return VerifiedReferences.Element(
            node: node,
            canonicalization: reference.transforms.canonicalization,
            isWhole: !reference.transforms.isEnveloped && !reference.transforms.isTokenReference,
            isTokenReference: reference.transforms.isTokenReference
        )
    }
}

extension XMLDocument {
    /// Refuses a document that has no canonical form.
    func checkCanonicalForm() throws(XMLSignatureError) {
        do {
            try checkCanonicalizable()
        } catch {
            throw .malformed(error.description)
        }
    }

    /// The digest of the canonical form of `node`, streamed.
    package func digest(
        of node: NodeID,
        by algorithm: DigestAlgorithm,
        as method: Canonicalization,
        omitting omitted: NodeID? = nil
    ) -> [UInt8] {
        var digester = Digester(algorithm)
        canonicalize(node, by: method, omitting: omitted) { chunk in digester.update(chunk) }
        return digester.finalize()
    }

    /// The digest of the canonical form of `node`, with its content from elsewhere where it lacks it.
    func digest(
        of node: NodeID,
        by algorithm: DigestAlgorithm,
        as method: Canonicalization,
        with content: OutlyingContent?
    ) -> [UInt8] {
        guard let content else { return digest(of: node, by: algorithm, as: method) }
        var digester = Digester(algorithm)
        canonicalize(node, by: method, with: content) { chunk in digester.update(chunk) }
        return digester.finalize()
    }
}

/// Proof that a key signed these elements.
///
/// Only verifying makes one.
package struct VerifiedReferences: Sendable {
    /// An element whose digest was compared.
    package struct Element: Hashable, Sendable {
        /// The element, in the document that was verified.
        package let node: NodeID
        /// The form that was digested.
        package let canonicalization: Canonicalization
        /// Whether all of it was digested, nothing left out by a transform.
        package let isWhole: Bool
        /// Whether not the element was digested but the token that it names.
        package let isTokenReference: Bool

        fileprivate init(node: NodeID, canonicalization: Canonicalization, isWhole: Bool, isTokenReference: Bool) {
            self.node = node
            self.canonicalization = canonicalization
            self.isWhole = isWhole
            self.isTokenReference = isTokenReference
        }
    }

    /// The canonical form of an element that was digested with the one round it.
    package struct Form: Sendable {
        /// The element, in the document that was verified.
        package let element: NodeID
        /// The method.
        package let canonicalization: Canonicalization
        /// What the method makes of the element by itself.
        package let octets: [UInt8]
    }

    /// The elements, in the order of the references.
    package let elements: [Element]
    /// The form that was to be kept, where it came up.
    package let form: Form?
    /// The algorithm.
    package let method: SignatureMethod
    /// The signature's octets.
    package let signatureValue: [UInt8]

    fileprivate init(elements: [Element], form: Form?, method: SignatureMethod, signatureValue: [UInt8]) {
        self.elements = elements
        self.form = form
        self.method = method
        self.signatureValue = signatureValue
    }
}
