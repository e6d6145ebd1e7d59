// The interface shows these modules' types (keys, certificates, algorithms), so its users get them with it.
@_exported public import Cryptography
@_exported public import XMLEncryption
@_exported public import XMLSignature
