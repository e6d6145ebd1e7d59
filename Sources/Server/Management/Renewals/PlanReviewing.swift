import FoundationEssentials
import Keystore
import ManagementAPI
import Messaging
import Renewal

/// Completes the review of a plan with what the runtime knows: rates of flows, and uses that are no longer configured.
struct PlanReviewing {
    let tenant: Tenant

    func review(_ review: PlanReview, of view: RenewalView) async throws -> PlanReviewResource {
        var downtimes: [PlanReviewResource.Downtime] = []
        for downtime in review.downtimes { downtimes += try await flows(of: downtime) }
        return PlanReviewResource(
            concerns: review.concerns.map(PlanReviewResource.Concern.init) + (try await strays(view.alias)),
            downtimes: downtimes,
            unmergedStepCount: review.unmergedStepCount,
            longestCourse: Int(review.longestCourse.timeInterval.rounded(.up))
        )
    }

    private func flows(of downtime: PlanReview.Downtime) async throws -> [PlanReviewResource.Downtime] {
        var flows: [PlanReviewResource.Downtime] = []
        for flow in downtime.flows {
            let isHeld = downtime.held.contains(flow)
            var found = PlanReviewResource.Downtime(
                partner: downtime.partner.rawValue,
                means: downtime.isStoppedBySender ? "stopSending" : isHeld ? "hold" : "undeploy",
                flow: flow,
                seconds: Int(downtime.length.timeInterval)
            )
            if let id = FlowID(rawValue: flow), tenant.runtime.flow(id)?.flow.pattern == .oneWay {
                let forecast = try await tenant.runtime.forecast(of: id, for: downtime.length)
                found.expectedMessages = forecast.messageCount
                found.expectedOctets = forecast.octetCount
            }
            flows.append(found)
        }
        return flows
    }

    /// Uses that the ledger saw and no flow names any more: they have no track.
    private func strays(_ alias: KeyAlias) async throws -> [PlanReviewResource.Concern] {
        let configured = tenant.runtime.uses(of: alias)
        let counters = try await tenant.runtime.keyUses(of: alias)
        return WhereUsed.Place.joining(configured, counters) { tenant.runtime.flow($0)?.status }
            .filter { !$0.isConfigured }
            .map { place in
                PlanReviewResource.Concern(
                    kind: "noLongerConfigured",
                    text:
                        "Messages of the flow \(place.flow) used the key with \(place.partner) (\(place.purpose)), last at "
                        + "\(place.lastAt?.formatted(.iso8601) ?? "-"); no flow names it there any more, so it has no track.",
                    remedy: "Deploy that flow before planning, if it is still to be served.",
                    isBlocking: false
                )
            }
    }
}

extension PlanReviewResource.Concern {
    init(_ concern: PlanReview.Concern) {
        self.init(
            kind: concern.kind.rawValue,
            text: concern.text,
            remedy: concern.remedy,
            isBlocking: concern.isBlocking
        )
    }
}
