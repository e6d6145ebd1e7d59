import XML
import XMLSignature

/// The order of the children (WS-SecurityPolicy 1.3 section 6.7).
extension MessageSnapshot {
    /// Throws `invalidSecurity` when the children are not in the order of `layout`.
    func check(_ layout: HeaderLayout) throws(SecurityFault) {
        guard let header else { return }
        switch layout {
        case .lax: return
        case .laxTimestampFirst:
            guard case .timestamp? = header.children.first else {
                throw SecurityFault(
                    .invalidSecurity,
                    "the policy demands wsu:Timestamp as first element of wsse:Security"
                )
            }
        case .laxTimestampLast:
            guard case .timestamp? = header.children.last else {
                throw SecurityFault(
                    .invalidSecurity,
                    "the policy demands wsu:Timestamp as last element of wsse:Security"
                )
            }
        case .strict: try checkStrict(header)
        }
    }

    /// What is used is declared before its use.
    private func checkStrict(_ header: SecurityHeader) throws(SecurityFault) {
        for (index, child) in header.children.enumerated() {
            let used: [NodeID?]
            switch child {
            case .signature(let signature):
                used = signature.signedInfo.references.map { elements[$0.id] } + [token(in: signature.keyInfo)]
            case .encryptedKey(let key):
                used = [token(in: key.keyInfo)]
                try checkFollowing(key.dataReferences, index, header)
            case .referenceList(let ids):
                used = []
                try checkFollowing(ids, index, header)
            case .encryptedData(let data): used = [data.keyInfo.flatMap(token)]
            default: continue
            }
            for case let node? in used {
                guard let place = header.nodes.firstIndex(of: node), place >= index else { continue }
                throw SecurityFault(.invalidSecurity, "wsse:Security uses an element before it is declared")
            }
        }
    }

    /// Encrypted data of the header follow what names them.
    private func checkFollowing(_ ids: [String], _ index: Int, _ header: SecurityHeader) throws(SecurityFault) {
        for case let node? in ids.map({ elements[$0] }) {
            guard let place = header.nodes.firstIndex(of: node), place < index else { continue }
            throw SecurityFault(.invalidSecurity, "encrypted data in wsse:Security come before their key")
        }
    }

    /// The element that a direct reference in `keyInfo` leads to.
    private func token(in keyInfo: KeyInfo) -> NodeID? {
        document.firstElement("Reference", in: WSSNamespace.extension, of: keyInfo.content)
            .flatMap { document.attribute("URI", of: $0) }
            .flatMap(SameDocumentReference.id(in:))
            .flatMap { elements[$0] }
    }
}
