import Foundation
import Logging
import Server
import ServiceLifecycle

/// Tells systemd how the tenant fares (sd_notify(3)), where systemd started it; and lets the drain begin.
///
/// It is the first service that ends: what is told about the end is told before the others end.
struct ServiceNotice: Service {
    private static let pause = Duration.milliseconds(100)

    let health: TenantHealth
    let socket: NoticeSocket?
    /// How often the watchdog is told that the process is alive; nil when there is no watchdog.
    let watchdogPause: Duration?
    let logger: Logger

    init(health: TenantHealth, environment: [String: String], logger: Logger) {
        self.health = health
        self.logger = logger
        socket = environment["NOTIFY_SOCKET"].flatMap(NoticeSocket.init)
        let isForUs = environment["WATCHDOG_PID"].map { $0 == "\(getpid())" } ?? true
        let period = environment["WATCHDOG_USEC"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        watchdogPause = isForUs ? period.map { .microseconds($0 / 2) } : nil
    }

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            await withGracefulShutdownHandler {
                await cancelWhenGracefulShutdown { await tell() }
            } onGracefulShutdown: {
                health.beginDraining()
                socket?.send("STOPPING=1\nSTATUS=ends after the exchanges under way")
            }
            group.cancelAll()
        }
    }

    private func tell() async {
        while !health.isReady {
            do { try await Task.sleep(for: Self.pause) } catch { return }
        }
        logger.info("the tenant is ready")
        socket?.send("READY=1\nSTATUS=accepts messages")
        while !Task.isCancelled {
            if watchdogPause != nil { socket?.send("WATCHDOG=1") }
            do { try await Task.sleep(for: watchdogPause ?? .seconds(3600)) } catch { return }
        }
    }
}
