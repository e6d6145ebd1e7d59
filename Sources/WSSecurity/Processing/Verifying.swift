import Cryptography
import XML
import XMLSignature

extension Processing {
    /// Verifies the signature that stands at `index` with the trusted key that it names, and notes what it covers.
    mutating func verify(_ signature: Signature, at index: Int, in header: SecurityHeader) throws(SecurityFault) {
        if policy.order == .encryptThenSign, hasDecrypted {
            throw SecurityFault(.invalidSecurity, "a signature comes after decrypting; the policy demands it before")
        }
        let reader = reader(of: header)
        let key = try verificationKey(of: signature, by: reader, in: header)
        let proof = try securityFault(
            hint: key.hint,
            fromSignature: signature.verify(
                with: key.key,
                in: snapshot.document,
                elements: snapshot.elements,
                token: reader.transformed,
                keepingElementIn: snapshot.layout.body
            )
        )
        bodyForm = proof.form ?? bodyForm
        let result = SignatureResult(
            signer: key.signer,
            hint: key.hint,
            place: .child(index),
            places: proof.elements.filter(\.isWhole).compactMap { snapshot.place(of: $0.node) },
            token: key.token.flatMap { snapshot.place(of: $0) }.map { .place($0) }
                ?? key.signer.certificate.map { .certificate($0) },
            coveredTokens: proof.elements.filter(\.isTokenReference).compactMap { token(namedBy: $0.node, reader) },
            method: proof.method,
            value: proof.signatureValue
        )
        signatures.append(result)
        guard counts(result.signer) else { return }
        if replayCache != nil { replayMarks.append(replayMark(of: signature, by: result.signer.mark)) }
        for element in proof.elements where element.isWhole {
            guard let place = snapshot.place(of: element.node) else { continue }
            signed[place] = element.canonicalization
        }
    }

    /// Whether signatures of `signer` count for what the policy demands.
    func counts(_ signer: Signer) -> Bool {
        switch signer {
        case .certificate: !isEndorser(signer)
        case .sharedKey(let name): policy.acceptedSharedKeys.contains(name)
        case .samlSubject: policy.assertion?.confirmation == .holderOfKey
        }
    }

    private func token(namedBy node: NodeID, _ reader: TokenReader) -> TokenIdentity? {
        switch reader.token(namedBy: node) {
        case .element(let token): snapshot.place(of: token).map { .place($0) }
        case .certificate(let certificate): .certificate(certificate)
        case nil: nil
        }
    }
}

extension Signer {
    /// What stands for the signer in marks of what was accepted.
    fileprivate var mark: [UInt8] {
        switch self {
        case .certificate(let certificate): certificate.publicKey.spki
        case .sharedKey(let name): Array("shared key ".utf8) + name.utf8
        case .samlSubject(let subject): subject.publicKey.spki
        }
    }
}
