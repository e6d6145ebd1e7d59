import Cryptography
import XML
import XMLSignature

extension Protecting {
    /// The `ds:Signature` elements over `draft`, the primary one first; none when nothing is signed.
    func signatureElements(
        over draft: Draft,
        _ elements: SignedElements,
        contents: HeaderContents
    ) throws(SecurityFault) -> [[UInt8]] {
        var signed: [[UInt8]] = []
        for plan in signatures {
            var targets = try SignatureTargets(plan: plan, draft: draft, contents: contents)
            for (id, node) in try elements.located(for: plan.number, in: draft) { targets.add(node, id: id) }
            try targets.addHeaderParts(primary: signed.first.map { ($0, signatures[0].id) })
            signed.append(try signature(plan, over: targets.list, in: draft))
        }
        return signed
    }

    private func signature(
        _ plan: SignaturePlan,
        over targets: [SignatureWriter.Target],
        in draft: Draft
    ) throws(SecurityFault) -> [UInt8] {
        guard !targets.isEmpty else { throw SecurityFault(.cannotProtect, "the settings name no part to sign") }
        guard plan.includesToken || plan.provesAssertion || !plan.settings.keyReference.needsToken else {
            throw SecurityFault(
                .cannotProtect,
                "\(plan.settings.keyReference.rawValue) refers to a token that the settings leave out: use issuerSerial,"
                    + " subjectKeyIdentifier or thumbprint"
            )
        }
        let writer = SignatureWriter(
            method: try plan.method(),
            digest: plan.settings.digest,
            canonicalization: try plan.canonicalization()
        )
        return try securityFault(
            hint: .certificate(plan.credential.certificate),
            fromSignature: writer.signature(
                id: plan.id,
                over: targets,
                in: draft.document,
                at: draft.header,
                key: plan.credential.key,
                keyInfo: plan.keyInfo
            )
        )
    }
}

extension SignaturePlan {
    /// The algorithm for the credential's key.
    fileprivate func method() throws(SecurityFault) -> SignatureMethod {
        let key = credential.key.algorithm
        guard let method = SignatureMethod(for: key, digest: settings.algorithm, scheme: settings.scheme) else {
            throw SecurityFault(
                .cannotProtect,
                "a key of kind \(key) cannot sign by \(settings.scheme.rawValue) with \(settings.algorithm)"
            )
        }
        return method
    }

    /// The canonicalization that the settings name.
    func canonicalization(prefixes: [String] = []) throws(SecurityFault) -> Canonicalization {
        guard var method = Canonicalization(uri: settings.canonicalization.uri) else {
            throw SecurityFault(.cannotProtect, "\(settings.canonicalization.uri) is not supported")
        }
        if method.algorithm == .exclusive10 { method.inclusivePrefixes = prefixes }
        return method
    }
}
