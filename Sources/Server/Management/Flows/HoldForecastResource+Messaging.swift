import ManagementAPI
import Messaging

extension HoldForecastResource {
    init(_ forecast: HoldForecast) {
        self.init(
            flow: forecast.flow.rawValue,
            seconds: Int(forecast.window.components.seconds),
            messages: forecast.messageCount,
            octets: forecast.octetCount,
            freeOctets: forecast.freeOctetCount,
            fits: forecast.fits
        )
    }
}

extension Refusal {
    /// A hold that the store has no room for.
    init(noRoomFor forecast: HoldForecast) {
        let megabytes = { (octets: Int) in "\(octets.dividedRoundingUp(by: 1 << 20)) MB" }
        self.init(
            .notAllowedNow,
            "\(forecast.messageCount) messages (\(megabytes(forecast.octetCount))) are expected on \(forecast.flow) "
                + "meanwhile, and the store has room for \(megabytes(forecast.freeOctetCount ?? 0))",
            remedy: "make room, hold for a shorter time, or hold anyway: senders then get 503 when the room ends"
        )
    }
}

extension Int {
    fileprivate func dividedRoundingUp(by divisor: Int) -> Int { self / divisor + (self % divisor == 0 ? 0 : 1) }
}
