import Keystore

/// Proof that a caller was let in at a flow's door: what it showed, and for whom.
package struct Admission: Hashable, Sendable {
    private let partner: PartnerID
    private let authorisation: SenderAuthorisation
    fileprivate let isTLS: Bool

    /// For ``SenderDoor`` alone, which has checked it.
    init(checked channel: SenderChannel, isTLS: Bool) {
        partner = channel.partner
        authorisation = channel.authorisation
        self.isTLS = isTLS
    }
}

extension SenderChannel {
    /// Whether a caller with `admission` may send here, also when the flow was changed since.
    func isOpen(to admission: Admission?) -> Bool {
        guard !request.needsTLS || admission?.isTLS == true else { return false }
        return authorisation == .none || admission == Admission(checked: self, isTLS: admission?.isTLS == true)
    }
}
