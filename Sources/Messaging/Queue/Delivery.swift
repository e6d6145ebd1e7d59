import FoundationEssentials
import Keystore
import Logging
import WSSecurity

/// Delivers stored messages: takes what is due, protects it with the keys of that moment, and sends it until the
/// receiver takes it or its guaranteed delivery time is over.
final class Delivery: Sendable {
    /// In seconds, until a flow that could not be read is asked for again.
    private static let unreadPause = 5.0

    private let context: RuntimeContext
    private let table: FlowTable
    private let reading: FlowReading
    private let queue: DeliveryQueue
    private let replays: ReplayMemory
    private let log: ExchangeLog
    private let slots: DeliverySlots

    private typealias Ending = @Sendable (any MessagingTransaction) throws -> Bool

    init(
        context: RuntimeContext,
        table: FlowTable,
        reading: FlowReading,
        queue: DeliveryQueue,
        replays: ReplayMemory,
        log: ExchangeLog
    ) {
        self.context = context
        self.table = table
        self.reading = reading
        self.queue = queue
        self.replays = replays
        self.log = log
        slots = DeliverySlots(
            limit: context.configuration.deliveryLimit,
            perFlow: context.configuration.flowDeliveryLimit
        )
    }

    /// Delivers at every alarm of the queue until it is stopped; attempts under way are brought to their end.
    func run() async {
        let executors = context.loops
        await withDiscardingTaskGroup { group in
            var turn = 0
            for await _ in queue.alarms {
                let messages = await claim()
                slots.begin(messages)
                for message in messages {
                    turn = (turn + 1) % executors.count
                    group.addTask(executorPreference: executors[turn]) {
                        await self.deliver(message)
                        self.end(message)
                    }
                }
            }
        }
    }

    /// Where there was room, everything that was due has been taken already.
    private func end(_ message: StoredMessage) {
        let isOrdered = table.entry(message.flow)?.flow.delivery.isOrdered ?? false
        if slots.end(message.flow, isOrdered: isOrdered) { queue.wake() }
    }

    private func claim() async -> [StoredMessage] {
        let (free, now) = (slots.freeCount, context.now)
        guard free > 0 else { return [] }
        let perFlow = context.configuration.flowDeliveryLimit
        do {
            // The writer is not bothered by an idle queue.
            if !queue.takeExpectation() {
                let isDue = try await context.store.read { try $0.hasDueMessages(at: now, perFlow: perFlow) }
                guard isDue else { return [] }
            }
            let holder = context.configuration.holder
            return try await context.commits.write { transaction in
                try transaction.claimDueMessages(at: now, limit: free, perFlow: perFlow, holder: holder)
            }
        } catch {
            context.logger.error("Queue not read", metadata: ["error": "\(error)"])
            return []
        }
    }

    private func deliver(_ message: StoredMessage) async {
        let found: FlowTable.Entry?
        do {
            found = try await reading.entry(message.flow)
        } catch {
            context.logFailure("Flow not read", error, flow: message.flow)
            await postpone(message, to: context.now.addingTimeInterval(Self.unreadPause), "the flow cannot be read")
            return
        }
        guard let entry = found, let era = entry.gate.enter(while: [.deployed]) else {
            await postpone(message, to: context.now, ReceiverAnswer.withdrawn.reason)
            return
        }
        let pass = ExchangePass(gate: entry.gate, era: era, ledger: context.ledger)
        let now = context.now
        let facts = ExchangeFacts(
            flow: message.flow,
            direction: .outbound,
            trace: .continuing(message, at: now),
            startedAt: now,
            capture: context.captures.begin(message.flow, at: now)
        )
        facts.note(messageID: message.messageID)
        await attempt(message, entry.flow, pass, in: context.observing(facts))
        pass.end()
        context.meters.observe(facts)
        log.append(facts.record())
        context.captures.append(facts, at: context.now)
    }

    private func attempt(
        _ message: StoredMessage,
        _ flow: IntegrationFlow,
        _ pass: ExchangePass,
        in context: RuntimeContext
    ) async {
        let entity: MessageEntity
        do {
            _ = try await pass.begin([OpenOperation(flow: flow.id, side: .receiver, protection: nil)])
            entity = try StoredEntity.entity(
                context.masterKey.open(message.sealedEnvelope, context: StoredMessage.sealingContext(message.id)),
                context.configuration.payloads
            )
        } catch {
            context.logFailure("Stored message not opened", error, flow: flow.id)
            let status = await conclude(message, flow, reason: "\(error)", retryAfter: nil)
            context.facts?.note(status)
            return
        }
        let exchange = ReceiverExchange(context: context, flow: flow, replays: replays)
        let answer = await exchange.sendTryingKeys(entity, action: message.action, in: pass)
        switch answer {
        case .taken, .reply:
            context.count(.delivered, on: flow.id)
            context.facts?.note(.completed)
            let now = context.now
            await settle(message) { try $0.completeMessage(message.id, at: now) }
        case .unreachable(let reason, let retryAfter):
            context.logObstacle(answer, flow: flow)
            context.facts?.note(await conclude(message, flow, reason: reason, retryAfter: retryAfter))
        default:
            context.logObstacle(answer, flow: flow)
            context.facts?.note(await conclude(message, flow, reason: answer.reason, retryAfter: nil))
        }
    }

    /// Plans another attempt, or keeps the message as failed when there is no time left for one.
    private func conclude(
        _ message: StoredMessage,
        _ flow: IntegrationFlow,
        reason: String,
        retryAfter: Int?
    ) async -> ExchangeRecord.Status {
        let now = context.now
        let jitter = Double.random(in: 0..<1)
        let wait = max(
            flow.delivery.wait(after: message.attempts, jitter: jitter).seconds,
            Double(min(retryAfter ?? 0, 3600))
        )
        if now.addingTimeInterval(wait) <= message.deadline {
            await postpone(message, to: now.addingTimeInterval(wait), reason)
        } else if now < message.deadline {
            await postpone(message, to: message.deadline, reason)
        } else {
            await settle(message) { try $0.failMessage(message.id, at: now, reason: reason) }
            return .failed
        }
        return .retry
    }

    private func postpone(_ message: StoredMessage, to dueAt: Date, _ reason: String) async {
        await settle(message) { try $0.retryMessage(message.id, dueAt: dueAt, reason: reason) }
    }

    /// Writes how an attempt ended.
    ///
    /// A store that refuses is asked again: the message would otherwise stay in delivery until the next start.
    private func settle(
        _ message: StoredMessage,
        _ ending: @escaping Ending
    ) async {
        while true {
            do {
                if try await context.commits.write(ending) { return }
                return context.logger.error(
                    "Message was taken over during its delivery",
                    metadata: ["message.id": "\(message.id)"]
                )
            } catch {
                context.logFailure("Delivery not recorded", error, flow: message.flow)
            }
            do { try await Task.sleep(for: context.configuration.interval) } catch { return }
        }
    }
}
