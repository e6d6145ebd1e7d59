import Cryptography
import FoundationEssentials
import Keystore
import Messaging
import Renewal
import Timekeeping

/// Collects what the page of metrics shows.
///
/// Labels are names of the tenant's own configuration and words of closed lists; nothing that a message brings.
struct TenantMetrics {
    let tenant: Tenant

    /// The page of this moment.
    func page() async -> String {
        let figures = await tenant.runtime.figures(limit: MetricsPage.seriesLimit)
        var page = MetricsPage()
        addProcess(to: &page)
        for check in tenant.health.checks() { page.add(.ready, [check.name.rawValue], check.isMet ? 1 : 0) }
        addFlows(figures, to: &page)
        page.drop(figures.leftOutCount)
        addMeters(figures, to: &page)
        addKeys(figures, to: &page)
        await addKeyEnds(to: &page)
        addQueues(figures, to: &page)
        await addOverdueDestructions(to: &page)
        await addRenewals(to: &page)
        await addInforms(to: &page)
        page.add(.droppedRecords, [], figures.droppedRecordCount)
        page.add(.droppedSeries, [], page.droppedCount)
        return page.text
    }

    private func addProcess(to page: inout MetricsPage) {
        page.add(.buildInfo, [ProgramVersion.current, ProgramVersion.libcrypto], 1)
        guard let process = ProcessFigures.read() else { return }
        page.add(.processStart, [], process.startedAt)
        page.add(.processMemory, [], process.residentOctetCount)
        page.add(.processDescriptors, [], process.descriptorCount)
    }

    /// Nothing when the store cannot be read, which `rekey_ready` says.
    private func addInforms(to page: inout MetricsPage) async {
        for state in [InformDelivery.State.waiting, .undeliverable] {
            let count = try? await tenant.renewalStore.read { try $0.deliveryCount(in: state) }
            if let count { page.add(.informs, [state.rawValue], count) }
        }
    }

    private func addFlows(_ figures: RuntimeFigures, to page: inout MetricsPage) {
        for flow in figures.flows {
            let names = [flow.id.rawValue, flow.sender.rawValue, flow.receiver.rawValue]
            for event in FlowEvent.allCases {
                guard let kept = figures.kept else { break }
                let tally = kept.events[FlowAccount(flow: flow.id, event: event)]
                page.add(.messages, names + [event.label], tally?.count ?? 0)
            }
            if let kept = figures.kept {
                let count = { (event: FlowEvent) in kept.events[FlowAccount(flow: flow.id, event: event)]?.count ?? 0 }
                page.add(.replays, [flow.id.rawValue], count(.replayed))
                page.add(.duplicates, [flow.id.rawValue], count(.duplicate))
                page.add(.replayMarks, [flow.id.rawValue], kept.replayMarks[flow.id] ?? 0)
            }
            page.add(.captured, [flow.id.rawValue], flow.isCaptured ? 1 : 0)
            page.add(.inFlight, [flow.id.rawValue], flow.inFlight)
            for status in FlowStatus.allCases {
                page.add(.flowStatus, [flow.id.rawValue, status.rawValue], flow.status == status ? 1 : 0)
            }
        }
    }

    private func addMeters(_ figures: RuntimeFigures, to page: inout MetricsPage) {
        let meters = figures.meters
        for flow in figures.flows {
            let id = flow.id
            for direction in ExchangeRecord.Direction.allCases {
                let account = MeterReading.Exchange(flow: id, direction: direction)
                let labels = [id.rawValue, direction.rawValue]
                if let times = meters.exchanges[account] { page.add(.exchangeTimes, labels, times) }
                if let times = meters.security[account] { page.add(.securityTimes, labels, times) }
            }
            if let times = meters.receivers[id] { page.add(.receiverTimes, [id.rawValue], times) }
            for side in ChannelSide.allCases {
                let partner = side == .sender ? flow.sender : flow.receiver
                for code in FaultCode.allCases {
                    let fault = MeterReading.Fault(flow: id, side: side, code: code)
                    guard let count = meters.faults[fault] else { continue }
                    page.add(.faults, [id.rawValue, partner.rawValue, side.rawValue, code.name], count)
                }
            }
        }
    }

    private func addKeys(_ figures: RuntimeFigures, to page: inout MetricsPage) {
        let snapshot = tenant.keyring.snapshot
        var lastUse: [KeyVersionID: Date] = [:]
        // Destroyed versions end their series, so that the page does not grow with every renewal.
        for use in (figures.kept?.keyUses ?? []).sorted(by: { $0.account.isListed(before: $1.account) }) {
            let account = use.account
            let labels = [
                account.flow.rawValue, account.partner.rawValue, account.side.rawValue, account.purpose.rawValue,
                account.version.alias.rawValue, "\(account.version.number)", account.outcome.rawValue,
            ]
            page.add(.keyOperations, labels, use.tally.count)
            guard account.outcome == .succeeded else { continue }
            lastUse[account.version] = max(lastUse[account.version] ?? .distantPast, use.tally.lastAt)
        }
        for (account, tally) in tenant.runtime.tlsUses.tallies.sorted(by: { $0.key.isListed(before: $1.key) }) {
            guard snapshot.state(of: account.version) != .destroyed else { continue }
            let labels = [account.version.alias.rawValue, "\(account.version.number)", account.end.rawValue]
            page.add(.tlsHandshakes, labels, tally.count)
            lastUse[account.version] = max(lastUse[account.version] ?? .distantPast, tally.lastAt)
        }
        for (version, moment) in lastUse.sorted(by: { $0.key < $1.key }) {
            let labels = [version.alias.rawValue, "\(version.number)"]
            page.add(.keyLastUsed, labels, moment.timeIntervalSince1970)
        }
    }

    /// Of many keys those that end first.
    private func addKeyEnds(to page: inout MetricsPage) async {
        let ends = try? await tenant.keystore.read { try $0.firstEnds(limit: MetricsPage.seriesLimit + 1) }
        for end in (ends ?? []).sorted(by: { $0.version < $1.version }) {
            let labels = [end.version.alias.rawValue, "\(end.version.number)", end.state.rawValue]
            page.add(.keyNotAfter, labels, end.notAfter.timeIntervalSince1970)
        }
    }

    private func addOverdueDestructions(to page: inout MetricsPage) async {
        let (now, retention) = (tenant.clock.now, tenant.renewals.retention)
        guard let count = try? await tenant.keystore.read({ try $0.overdueVersions(at: now, retention).count })
        else { return }
        page.add(.overdueDestructions, [], count)
    }

    /// A store that cannot be read is what `ready` says; the series are missing then.
    private func addRenewals(to page: inout MetricsPage) async {
        guard let counts = try? await tenant.renewals.alerts() else { return }
        for alert in RenewalAlert.allCases { page.add(.renewalAlerts, [alert.label], counts[alert] ?? 0) }
    }

    private func addQueues(_ figures: RuntimeFigures, to page: inout MetricsPage) {
        let now = tenant.clock.now
        for (flow, queue) in (figures.kept?.queues ?? [:]).sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            for (state, stored) in queue.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                page.add(.queueMessages, [flow.rawValue, state.rawValue], stored.count)
            }
            let oldest = queue.filter { !$0.key.isEnded }.compactMap(\.value.oldestAt).min()
            page.add(.queueOldest, [flow.rawValue], max(oldest.map { now.timeIntervalSince($0) } ?? 0, 0))
        }
    }
}

extension TLSUses.Account {
    fileprivate func isListed(before other: TLSUses.Account) -> Bool {
        (version, end.rawValue) < (other.version, other.end.rawValue)
    }
}

extension KeyUse.Account {
    fileprivate func isListed(before other: KeyUse.Account) -> Bool {
        (version, flow.rawValue, side.rawValue, purpose.rawValue, outcome.rawValue)
            < (other.version, other.flow.rawValue, other.side.rawValue, other.purpose.rawValue, other.outcome.rawValue)
    }
}

extension RenewalAlert {
    /// In the spelling of Prometheus' label values.
    fileprivate var label: String {
        switch self {
        case .lateOldKey: "late_old_key"
        case .refusedTrial: "refused_trial"
        case .overdueStep: "overdue_step"
        case .refusedExchange: "refused_exchange"
        case .overrunDowntime: "overrun_downtime"
        }
    }
}

extension FlowEvent {
    /// In the spelling of Prometheus' label values.
    fileprivate var label: String {
        switch self {
        case .turnedAway: "turned_away"
        default: rawValue
        }
    }
}
