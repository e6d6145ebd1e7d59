import Keystore

extension TenantRuntime {
    private static let batch = 50

    /// Seals the stored, captured and archived messages that are still under the former master key under the current one.
    ///
    /// In small transactions, so that messages go on. Throws `sealBroken` for one that opens under neither, and what the
    /// store or the file system throws.
    package func rewrapMessages() async throws -> (messages: Int, files: Int) {
        let stored = try await rewrapStored()
        let captured = try await rewrapCaptured()
        return try (stored + captured, context.configuration.archive?.rewrap() ?? 0)
    }

    private func rewrapStored() async throws -> Int {
        let masterKey = context.masterKey
        var (count, last) = (0, "")
        while true {
            let start = last
            let (end, changed) = try await context.store.write { transaction in
                let envelopes = try transaction.sealedEnvelopes(after: start, limit: Self.batch)
                var changed = 0
                for (id, sealed) in envelopes {
                    let context = StoredMessage.sealingContext(id)
                    guard let rewrapped = try masterKey.rewrapped(sealed, context: context) else { continue }
                    if try transaction.reseal(id, rewrapped) { changed += 1 }
                }
                return (envelopes.last?.id, changed)
            }
            count += changed
            guard let end else { return count }
            last = end
        }
    }

    private func rewrapCaptured() async throws -> Int {
        let masterKey = context.masterKey
        var (count, last) = (0, 0)
        while true {
            let start = last
            let (end, changed) = try await context.store.write { transaction in
                let messages = try transaction.capturedMessages(after: start, limit: Self.batch)
                var changed = 0
                for message in messages {
                    let context = CapturedMessage.sealingContext(message.exchange, message.stage)
                    guard let rewrapped = try masterKey.rewrapped(message.sealed, context: context) else { continue }
                    if try transaction.resealCapturedMessage(message.id, rewrapped) { changed += 1 }
                }
                return (messages.last?.id, changed)
            }
            count += changed
            guard let end else { return count }
            last = end
        }
    }
}
