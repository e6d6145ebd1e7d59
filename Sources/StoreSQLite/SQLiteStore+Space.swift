import Foundation
import GRDB
package import Messaging

extension SQLiteStore {
    /// What the file's file system has left, and what the file has of free pages.
    package func space() throws -> StoreSpace? {
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: folder)
        guard let free = attributes[.systemFreeSize] as? NSNumber, let total = attributes[.systemSize] as? NSNumber
        else { return nil }
        let reusable = try reader.read { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
            return try pages * (Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0)
        }
        return StoreSpace(
            freeOctetCount: free.intValue,
            totalOctetCount: total.intValue,
            reusableOctetCount: reusable
        )
    }
}
