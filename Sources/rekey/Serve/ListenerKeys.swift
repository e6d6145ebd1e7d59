import Keystore
import Logging
import Messaging
import Server

/// The keys that the listeners show, looked at before they listen.
struct ListenerKeys {
    let configuration: TenantConfiguration
    let tenant: Tenant
    let logger: Logger

    /// Refuses a management listener without its key, for nobody could bring it the key then; warns of the messages' one.
    func check() throws {
        let identities = TLSIdentities(keyring: tenant.keyring, clock: tenant.clock)
        if let tls = configuration.management.tls {
            do {
                _ = try identities.identity(of: tls.alias)
            } catch {
                throw Failure(
                    "the management listener has no key to show: \(error)",
                    hint: "start once with listen.management on 127.0.0.1 and without tls, make the key with "
                        + "`rekey key create \(tls.alias) --host NAME` or import it, then set tls again",
                    status: .configuration
                )
            }
        }
        guard let tls = configuration.messages.tls else { return }
        do {
            _ = try identities.identity(of: tls.alias)
        } catch {
            logger.warning(
                "the listener for messages makes no connection until its key is there",
                metadata: ["key.alias": "\(tls.alias)", "error": "\(error)"]
            )
        }
    }
}
