// XMLEncryption
