import Synchronization
import WSSecurity

/// What the runtime counts in memory, besides the ledger: faults and times since the process began.
final class RuntimeMeters: Sendable {
    private let state = Mutex(MeterReading())

    /// Everything that was counted.
    var reading: MeterReading { state.withLock { $0 } }

    /// Counts a fault.
    func count(_ fault: MeterReading.Fault) { state.withLock { $0.faults[fault, default: 0] += 1 } }

    /// Counts the times of an exchange that has ended.
    func observe(_ facts: ExchangeFacts) {
        let times = facts.times
        let account = MeterReading.Exchange(flow: facts.flow, direction: facts.direction)
        state.withLock { state in
            state.exchanges[account, default: Histogram()].observe(times.whole)
            if times.security > .zero { state.security[account, default: Histogram()].observe(times.security) }
            if let receiver = times.receiver { state.receivers[facts.flow, default: Histogram()].observe(receiver) }
        }
    }
}

/// What ``RuntimeMeters`` has counted.
package struct MeterReading: Sendable {
    /// What faults are counted apart by; all of it from the tenant's own configuration and closed lists.
    package struct Fault: Hashable, Sendable {
        /// The flow.
        package let flow: FlowID
        /// The end of the flow.
        package let side: ChannelSide
        /// A code of ``FaultCode``.
        package let code: FaultCode

        package init(flow: FlowID, side: ChannelSide, code: FaultCode) {
            self.flow = flow
            self.side = side
            self.code = code
        }
    }

    /// What times are counted apart by.
    package struct Exchange: Hashable, Sendable {
        /// The flow.
        package let flow: FlowID
        /// Who began the exchange.
        package let direction: ExchangeRecord.Direction

        package init(flow: FlowID, direction: ExchangeRecord.Direction) {
            self.flow = flow
            self.direction = direction
        }
    }

    /// Faults by flow, side and code.
    package internal(set) var faults: [Fault: Int] = [:]
    /// Times of whole exchanges.
    package internal(set) var exchanges: [Exchange: Histogram] = [:]
    /// Times of the security processing in an exchange.
    package internal(set) var security: [Exchange: Histogram] = [:]
    /// Times until a receiver has answered.
    package internal(set) var receivers: [FlowID: Histogram] = [:]
}
