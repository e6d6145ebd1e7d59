import Keystore

extension RenewalSession {
    /// Whether a partner may protect with the new version before the exchange, because it was told that it can.
    ///
    /// Where the tenant verifies or decrypts, the new version is accepted from the beginning; in a renewal of several
    /// cases a partner of such a one may be ahead of the exchange, which still waits for the others.
    var mayNewVersionBeInUse: Bool {
        state.steps(.configurePartner)
            .contains { step in
                step.tracks.contains { state.plan.tracks[$0].variant == .only }
                    && state.progress(of: step.id).state != .waiting
            }
    }
}
