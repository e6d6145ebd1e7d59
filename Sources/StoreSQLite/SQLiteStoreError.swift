import Keystore

/// What the store itself finds wrong; SQLite's own errors are thrown as they are.
package enum SQLiteStoreError: Error, Hashable, Sendable {
    /// The file cannot be made.
    case cannotCreate(path: String)
    /// The file has a schema that this program does not know.
    case fromNewerProgram(path: String)
    /// A row that had to be there is not.
    case missing(String)
    /// A row holds what this program never writes.
    case unreadable(table: String, row: String)
}

extension SQLiteStoreError: CustomStringConvertible {
    /// The cause and what mends it.
    package var description: String {
        switch self {
        case .cannotCreate(let path): "\(path) cannot be made: see that its folder is there and may be written to"
        case .fromNewerProgram(let path): "\(path) was written by a newer version of this program: use that version"
        case .missing(let what): "there is no \(what) in the store"
        case .unreadable(let table, let row):
            "row \(row) of table \(table) cannot be read: restore the store from its last good copy"
        }
    }
}
