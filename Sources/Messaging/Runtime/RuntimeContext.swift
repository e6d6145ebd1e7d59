import AsyncHTTPClient
import FoundationEssentials
import Keystore
import Logging
import Timekeeping

/// What the parts of the runtime share.
struct RuntimeContext: Sendable {
    let store: any MessagingStore
    let keyring: Keyring
    let clock: any WallClock
    let masterKey: MasterKey
    let httpClient: HTTPClient
    let logger: Logger
    let configuration: RuntimeConfiguration
    let ledger: KeyUseLedger
    /// The commits that messages wait for.
    let commits: SharedCommits

    /// The moment that it is.
    var now: Date { clock.now }
}
