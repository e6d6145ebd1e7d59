import Dispatch
import Foundation

/// What is done when a signal ends the run: the gateways end by themselves, see `BoundProcess`.
enum Ending {
    nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []

    /// Removes `folder` when the run is interrupted or told to end; for the main thread, once.
    static func remove(_ folder: String) {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            // Ignoring it would be inherited by the gateways.
            signal(number) { _ in }
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                try? FileManager.default.removeItem(atPath: folder)
                exit(128 + number)
            }
            source.resume()
            sources.append(source)
        }
    }
}
