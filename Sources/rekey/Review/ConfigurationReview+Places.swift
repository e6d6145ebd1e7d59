import Foundation
import Keystore
import NIOCore
import NIOPosix
import StoreSQLite

extension ConfigurationReview {
    /// Secrets are for the tenant's user alone.
    mutating func reviewSecrets() {
        var places = configuration.people.map(\.token) + configuration.credentials.map(\.password)
        places += [configuration.operation.metrics.token, configuration.informs.mail?.password].compactMap(\.self)
        places += configuration.informs.webhooks.map(\.secret)
        for case .file(let path) in Set(places).sorted(by: { "\($0)" < "\($1)" }) { reviewPrivacy(of: path) }
        for assertion in configuration.assertions where !FileManager.default.isReadableFile(atPath: assertion.file) {
            warn(
                "the assertion \(assertion.name) cannot be read from \(assertion.file)",
                mend: "let what fetches it write that file before messages are sent"
            )
        }
        if configuration.rehearsalClock != nil {
            warn("the clock is a rehearsal's", mend: "remove `clock` where this is no rehearsal")
        }
    }

    /// The listeners' addresses can be bound.
    mutating func reviewListeners() async {
        let (messages, management) = (configuration.messages.address, configuration.management.address)
        if messages.port != 0, messages == management {
            error("messages and management listen on the same address", mend: "give each a port of its own")
        }
        for (name, place) in [("messages", messages), ("management", management)] {
            do {
                let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .bind(host: place.host, port: place.port).get()
                try await channel.close()
            } catch let failure as IOError where failure.errnoCode == EADDRINUSE {
                warn(
                    "another program listens on \(place.host):\(place.port), the address of listen.\(name)",
                    mend: "nothing, when that is this tenant; else end it or choose another port"
                )
            } catch {
                self.error(
                    "listen.\(name): nobody can listen on \(place.host):\(place.port): \(error)",
                    mend: "name an address of this machine, and a port that the tenant's user may open"
                )
            }
        }
        if !management.isLoopback, configuration.management.tls == nil {
            warn(
                "the management API is reached from other machines at \(management.host)",
                mend: "protect it with TLS, or listen on 127.0.0.1"
            )
        }
    }

    /// The keys of the store; nil when there is no store yet, or it cannot be read.
    mutating func reviewStore(_ masterKey: MasterKey) async -> KeyringSnapshot? {
        let path = configuration.store
        guard FileManager.default.fileExists(atPath: path) else {
            let folder = URL(filePath: path).deletingLastPathComponent().path
            if FileManager.default.isWritableFile(atPath: folder) {
                warn("there is no store \(path) yet", mend: "nothing: the first start makes it")
            } else {
                error("the store \(path) cannot be made: \(folder) is no folder to write in", mend: "make the folder")
            }
            return nil
        }
        reviewPrivacy(of: path)
        guard FileManager.default.isWritableFile(atPath: path) else {
            error("the store \(path) cannot be written", mend: "give it to the tenant's user")
            return nil
        }
        do {
            let store = try SQLiteStore(path: path)
            defer { try? store.close() }
            let snapshot = try await Keyring(store: store, masterKey: masterKey, clock: configuration.clock).snapshot
            for fault in snapshot.faults(of: snapshot.allAliases) {
                error("the key \(fault.version) in \(path): \(fault.cause)", mend: fault.mend)
            }
            return snapshot
        } catch let failure as KeystoreError {
            error(
                "the keys in \(path) cannot be opened: \(failure)",
                mend: "name the store and the master key that belong together"
            )
        } catch {
            self.error("the store \(path) cannot be read: \(error)", mend: "name the SQLite file of this tenant")
        }
        return nil
    }

    private mutating func reviewPrivacy(of path: String) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let permissions = attributes?[.posixPermissions] as? Int, permissions & 0o077 != 0 else { return }
        warn("others than the owner may use \(path)", mend: "chmod 600 \(path)")
    }
}
