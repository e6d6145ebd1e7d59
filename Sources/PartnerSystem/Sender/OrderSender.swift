import Foundation
import Logging
import ServiceLifecycle

/// Sends orders to every target at its rate, each until it is answered.
final class OrderSender: Service {
    private let name: String
    let targets: [OrderTarget]
    private let pacing: SendingPace
    private let attempts: OrderAttempt
    private let log: TrafficLog
    private let logger: Logger
    let gate: SendingGate

    init(
        name: String,
        targets: [OrderTarget],
        pacing: SendingPace,
        sending: Bool,
        attempt: OrderAttempt,
        log: TrafficLog,
        logger: Logger
    ) {
        self.name = name
        self.targets = targets
        self.pacing = pacing
        attempts = attempt
        self.log = log
        self.logger = logger
        gate = SendingGate(isOpen: sending)
    }

    /// Sends until the process is told to end.
    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { [self] in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await gracefulShutdown() }
                    for target in targets {
                        group.addTask { try await self.send(to: target) }
                    }
                    try await group.waitForAll()
                }
            }
        } catch is CancellationError {
            // The end that was asked for.
        }
    }

    /// Stops sending; returns when no attempt is open.
    func stop() async {
        log.note { record, moment in record.pause(at: moment) }
        await gate.close()
    }

    func start() {
        log.note { record, moment in record.resume(at: moment) }
        gate.open()
    }

    private func send(to target: OrderTarget) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var inFlight = 0
            var next = ContinuousClock.now
            while true {
                try await gate.waitUntilOpen()
                if inFlight == pacing.inFlight {
                    try await group.next()
                    inFlight -= 1
                }
                group.addTask { try await self.deliver(to: target) }
                inFlight += 1
                next = max(next.advanced(by: target.interval), .now)
                try await Task.sleep(until: next, clock: .continuous)
            }
        }
    }

    /// Sends one message until it has ended.
    private func deliver(to target: OrderTarget) async throws {
        let id = "\(name)-\(UUID().uuidString.lowercased())"
        while case .refused(_, let retryAfter) = try await gate.pass({ try await attempt(id, to: target) }) {
            try await Task.sleep(for: pacing.pause(retryAfter: retryAfter), clock: .continuous)
        }
    }

    /// Sends it once; what came of it is noted before the gate counts the attempt as ended.
    private func attempt(_ id: String, to target: OrderTarget) async throws -> OrderAttempt.Outcome {
        log.note { record, moment in
            record.attempt(id, pattern: target.pattern, target: target.url, at: moment)
        }
        let outcome = try await attempts.send(id: id, to: target)
        log.note { record, moment in
            switch outcome {
            case .ended(let ending): record.end(id, as: ending, at: moment)
            case .refused(let detail, _): record.refuse(id, detail: detail, at: moment)
            }
        }
        if case .ended(.failed(let detail)) = outcome {
            logger.error("a message was lost", metadata: ["message.id": "\(id)", "detail": "\(detail)"])
        }
        return outcome
    }
}

extension OrderSender {
    convenience init(_ settings: PartnerSettings, attempt: OrderAttempt, log: TrafficLog, logger: Logger) {
        self.init(
            name: settings.name,
            targets: settings.targets,
            pacing: SendingPace(),
            sending: settings.sending,
            attempt: attempt,
            log: log,
            logger: logger
        )
    }
}
