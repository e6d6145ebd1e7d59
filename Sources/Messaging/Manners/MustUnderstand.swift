import WSSecurity

/// What a flow does with header blocks that must be understood (SOAP 1.1 section 4.2.3, SOAP 1.2 part 1 section 5.2.3).
///
/// A flow understands the Security header that is for it and nothing else. A block without actor is for the ultimate receiver, which is
/// the system behind the flow: it is passed on, and that system decides.
package enum MustUnderstand: String, Sendable, CaseIterable {
    /// A block for `next` or for the flow's own actor must be understood by the flow: the message is refused.
    case fault
    /// Such a block is passed on as well.
    case forward

    /// The blocks of `envelope` that the flow, which acts as `actor`, would have to understand and does not.
    func notUnderstood(in envelope: [UInt8], actor: String?) throws(SecurityFault) -> [SOAPEnvelope.Name] {
        guard self == .fault, OctetSearch.isMentioned("mustUnderstand", in: envelope) else { return [] }
        return try SOAPEnvelope(envelope).headerBlocks
            .filter { block in
                guard block.mustUnderstand, let target = block.actor else { return false }
                return target == actor || Self.next.contains(target)
            }
            .map(\.name)
    }

    /// The actor of SOAP 1.1 and the role of SOAP 1.2 in which everyone acts.
    private static let next: Set = [
        "http://schemas.xmlsoap.org/soap/actor/next", "http://www.w3.org/2003/05/soap-envelope/role/next",
    ]
}
