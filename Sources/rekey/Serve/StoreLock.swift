import Foundation

/// The right to serve a store: one process at a time has it.
///
/// Two tenants on one store would each take back what the other is delivering.
enum StoreLock {
    /// Takes the lock of the store at `path` until this process ends, however it ends; throws when another one has it.
    static func hold(store path: String) throws(Failure) {
        let file = path + ".lock"
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(
                "\(file) cannot be made",
                hint: "name a store in a folder where you may write",
                status: .configuration
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Failure(
                "another tenant serves the store \(path)",
                hint: "end it first, or give this tenant a store of its own",
                status: .configuration
            )
        }
    }
}
