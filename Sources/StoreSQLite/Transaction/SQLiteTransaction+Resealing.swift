import Foundation
import GRDB

extension SQLiteTransaction {
    func sealedEnvelopes(after id: String, limit: Int) throws -> [(id: String, sealed: [UInt8])] {
        try rows(
            """
            SELECT id, sealed_envelope FROM message WHERE id > ? AND sealed_envelope IS NOT NULL
            ORDER BY id LIMIT ?
            """,
            [id, max(limit, 0)]
        )
        .map { row in
            let sealed: Data = row["sealed_envelope"]
            return (row["id"], [UInt8](sealed))
        }
    }

    func reseal(_ id: String, _ sealed: [UInt8]) throws -> Bool {
        try run(
            "UPDATE message SET sealed_envelope = ? WHERE id = ? AND sealed_envelope IS NOT NULL",
            [Data(sealed), id]
        ) == 1
    }
}
