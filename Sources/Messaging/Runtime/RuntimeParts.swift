import AsyncHTTPClient
import Keystore
import Logging
import NIOCore
import Timekeeping

/// What the parts of the runtime share, as long as it lives: one object, because every exchange hands it on many times.
final class RuntimeParts: Sendable {
    let store: any MessagingStore
    let keyring: Keyring
    let clock: any WallClock
    let masterKey: MasterKey
    let httpClient: HTTPClient
    let loops: [LoopExecutor]
    let logger: Logger
    let configuration: RuntimeConfiguration
    let ledger: KeyUseLedger
    let receiverTLS: ReceiverTLSConfigurations
    let commits: SharedCommits
    let meters = RuntimeMeters()
    let space: SpaceWatch
    let captures: CaptureDesk
    let canaries = CanaryDesk()

    init(
        store: any MessagingStore,
        keyring: Keyring,
        clock: any WallClock,
        masterKey: MasterKey,
        httpClient: HTTPClient,
        logger: Logger,
        configuration: RuntimeConfiguration,
        captures book: CaptureBook,
        tlsUses: TLSUses
    ) {
        self.store = store
        self.keyring = keyring
        self.clock = clock
        self.masterKey = masterKey
        self.httpClient = httpClient
        loops = httpClient.eventLoopGroup.makeIterator().map { LoopExecutor($0) }
        self.logger = logger
        self.configuration = configuration
        ledger = KeyUseLedger(store: store, holder: configuration.holder)
        receiverTLS = ReceiverTLSConfigurations(
            keyring: keyring,
            identities: TLSIdentities(keyring: keyring, clock: clock, uses: tlsUses, end: .client)
        )
        commits = SharedCommits(store: store)
        space = SpaceWatch(store: store, reservedOctetCount: configuration.reservedOctetCount, logger: logger)
        captures = CaptureDesk(
            store: store,
            masterKey: masterKey,
            terms: configuration.capture,
            space: space,
            logger: logger,
            book: book
        )
    }
}
