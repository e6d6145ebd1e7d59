import XML

extension EnvelopeLayout {
    /// The place among the header blocks of the `wsse:Security` that is for `actor`; `nil` = there is none.
    ///
    /// One header per actor (WSS SOAP Message Security 1.1.1 section 5): two for the same one, ours or not, are refused.
    func securityHeader(for actor: String?, in document: XMLDocument) throws(SecurityFault) -> Int? {
        var found: Int?
        var actors: Set<String> = []
        let wanted = normalized(actor)
        for (index, block) in blocks.enumerated()
        where document.isNamed(block, "Security", in: WSSNamespace.extension) {
            let target = normalized(document.attribute(version.actorAttribute, in: version.namespace, of: block))
            guard actors.insert(target).inserted else {
                throw SecurityFault(.invalidSecurity, "two wsse:Security headers are for the same actor")
            }
            if target == wanted { found = index }
        }
        return found
    }

    private func normalized(_ actor: String?) -> String {
        actor == nil || actor == SOAPVersion.ultimateReceiver ? "" : actor ?? ""
    }
}
