package import Keystore

/// What can be under way, as guards ask for it.
package struct OpenOperation: Hashable, Sendable {
    /// A version that was chosen to protect a message, and what for.
    package struct Protection: Hashable, Sendable {
        /// The version.
        package let version: KeyVersionID
        /// Sign or encrypt.
        package let purpose: KeyPurpose
        /// Whose messages; `nil` in rows that are read back, which do not keep it.
        package let partner: PartnerID?

        package init(version: KeyVersionID, purpose: KeyPurpose, partner: PartnerID? = nil) {
            self.version = version
            self.purpose = purpose
            self.partner = partner
        }
    }

    /// The flow.
    package let flow: FlowID
    /// The end of the flow at which the exchange is.
    package let side: ChannelSide
    /// The key version that protects the message; `nil` for the exchange as a whole.
    package let protection: Protection?

    package init(flow: FlowID, side: ChannelSide, protection: Protection?) {
        self.flow = flow
        self.side = side
        self.protection = protection
    }
}

/// The durable row that says that a process may have such operations under way.
package struct OpenOperationLease: Hashable, Sendable {
    /// What is under way.
    package let operation: OpenOperation
    /// The process that has it.
    package let holder: String
    /// How many there were when the row was last written; guards take 0 for 1, because the row stands.
    package var count: Int

    package init(operation: OpenOperation, holder: String, count: Int) {
        self.operation = operation
        self.holder = holder
        self.count = count
    }
}
