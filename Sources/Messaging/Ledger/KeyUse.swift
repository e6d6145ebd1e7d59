package import FoundationEssentials
package import Keystore

/// One operation with a key, as the key-use ledger records it.
package struct KeyUse: Hashable, Sendable {
    /// How an operation ended.
    package enum Outcome: String, Hashable, Codable, Sendable, CaseIterable {
        /// A message was verified or decrypted, or was protected and taken without a security fault.
        case succeeded
        /// A message was not verified or not decrypted, or the partner answered it with a security fault.
        case failed
        /// A protected message found nobody, or no answer: it says nothing about the key.
        case unanswered
    }

    /// What the ledger counts apart: everything about a use but its moment.
    package struct Account: Hashable, Codable, Sendable {
        /// The version that was used.
        package let version: KeyVersionID
        /// What for.
        package let purpose: KeyPurpose
        /// On which flow.
        package let flow: FlowID
        /// With whom.
        package let partner: PartnerID
        /// At which end of the flow.
        package let side: ChannelSide
        /// How it ended.
        package let outcome: Outcome

        package init(
            version: KeyVersionID,
            purpose: KeyPurpose,
            flow: FlowID,
            partner: PartnerID,
            side: ChannelSide,
            outcome: Outcome
        ) {
            self.version = version
            self.purpose = purpose
            self.flow = flow
            self.partner = partner
            self.side = side
            self.outcome = outcome
        }
    }

    /// What is counted apart.
    package let account: Account
    /// When the operation was done.
    package let at: Date

    package init(account: Account, at: Date) {
        self.account = account
        self.at = at
    }
}
