package import Keystore

/// What the tenant runtime needs from one store transaction, besides the keystore's own operations.
package protocol MessagingTransaction: KeystoreTransaction, FlowTransaction, QueueTransaction, ReplayTransaction,
    OperationTransaction, CaptureTransaction, LedgerTransaction
{}
