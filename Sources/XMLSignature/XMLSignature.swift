// XMLSignature
