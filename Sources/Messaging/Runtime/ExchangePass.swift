import Keystore
import Synchronization

/// One exchange under way on a flow.
///
/// It ends once: when ``end()`` is called, or when nobody holds it any more.
package final class ExchangePass: Sendable {
    private let gate: FlowGate
    private let era: Int
    private let ledger: KeyUseLedger
    /// What is under way in the ledger's eyes; `nil` after the end.
    private let open: Mutex<[OpenOperation]?>

    init(gate: FlowGate, era: Int, ledger: KeyUseLedger) {
        self.gate = gate
        self.era = era
        self.ledger = ledger
        open = Mutex([])
    }

    deinit { end() }

    /// Whether the exchange may still send: false when its flow was undeployed and did not wait any longer.
    var maySend: Bool { gate.maySend(era) }

    /// Begins operations that end with the exchange; false when a version is no longer active, nor on trial by `permit`.
    func begin(_ operations: [OpenOperation], permit: ProbePermit? = nil) async throws -> Bool {
        guard try await ledger.begin(operations, permit: permit) else { return false }
        let isOpen = open.withLock { open in
            open?.append(contentsOf: operations)
            return open != nil
        }
        if !isOpen { ledger.end(operations) }
        return isOpen
    }

    /// Ends the exchange; further calls do nothing.
    package func end() {
        let ended = open.withLock { open in
            defer { open = nil }
            return open
        }
        guard let ended else { return }
        ledger.end(ended)
        gate.leave()
    }
}
